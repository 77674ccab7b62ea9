# Checks a call-back whose body comes by standard input: sh compat-callback.sh < body.json
body=$(cat)
field() { printf '%s' "$body" | sed -n "s/^{\"signature\":\"\([0-9a-f]*\)\",\"id\":\"\([^\"]*\)\".*/\\$1/p"; }

expected=$(printf '%s' "$(field 2):$OKNO_SALT" | openssl sha1 -r | cut -d' ' -f1)
if [ "$(field 1)" != "$expected" ]; then echo 'not genuine'; exit 1; fi

# The signature covers the id alone. What to believe is asked for.
curl -sS "$OKNO_URL/compat/crystalpay/v2/payoff/info/" \
  -H 'Content-Type: application/json' \
  -d "{\"auth_login\": \"$OKNO_LOGIN\", \"auth_secret\": \"$OKNO_SECRET\", \"id\": \"$(field 2)\"}"
