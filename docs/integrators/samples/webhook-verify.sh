# Checks one delivery: its three headers are in the variables, its body comes by standard input.
secret=$(printf '%s' "${OKNO_WEBHOOK_SECRET#whsec_}" | openssl base64 -d -A | od -An -tx1 | tr -d ' \n')
expected=$({ printf '%s.%s.' "$WEBHOOK_ID" "$WEBHOOK_TIMESTAMP"; cat; } |
  openssl dgst -sha256 -mac HMAC -macopt "hexkey:$secret" -binary | openssl base64 -A)

age=$(($(date +%s) - WEBHOOK_TIMESTAMP))
case " $WEBHOOK_SIGNATURE " in
  *" v1,$expected "*) [ "${age#-}" -le 300 ] && echo genuine || { echo 'too old'; exit 1; } ;;
  *) echo 'not genuine'; exit 1 ;;
esac
