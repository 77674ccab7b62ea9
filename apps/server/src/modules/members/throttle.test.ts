import fc from "fast-check";
import { expect, test } from "vitest";
import { networkOf, secondsToWait, windowMs } from "./throttle.ts";

const now = new Date("2026-03-01T12:00:00Z");
const none = { failures: 0, lastAt: undefined };
const just = (failures: number) => ({ failures, lastAt: now });

test("the first attempt of a new address on an account is never refused, whatever others have tried", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(49), (account, address) => {
      expect(secondsToWait({ pair: none, address: just(address), account: just(account) }, now)).toBe(0);
    }),
  );
});

test("after five failures the wait doubles from two seconds, to fifteen minutes at most", () => {
  const wait = (failures: number) =>
    secondsToWait({ pair: just(failures), address: none, account: none }, now);
  expect([4, 5, 6, 7, 8].map(wait)).toEqual([0, 2, 4, 8, 16]);
  expect(wait(100)).toBe(windowMs / 1000);
});

test("the wait counts from the last failure", () => {
  const pair = { failures: 6, lastAt: new Date(now.getTime() - 3_000) };
  expect(secondsToWait({ pair, address: none, account: none }, now)).toBe(1);
  expect(
    secondsToWait(
      { pair: { ...pair, lastAt: new Date(now.getTime() - 4_000) }, address: none, account: none },
      now,
    ),
  ).toBe(0);
});

test("an account under attack gives each address one attempt before it waits", () => {
  expect(secondsToWait({ pair: just(1), address: just(1), account: just(20) }, now)).toBe(60);
  expect(secondsToWait({ pair: just(1), address: just(1), account: just(19) }, now)).toBe(0);
});

test("one address trying many accounts waits too", () => {
  expect(secondsToWait({ pair: none, address: just(50), account: none }, now)).toBe(2);
});

test.each([
  ["203.0.113.7", "203.0.113.7"],
  ["::ffff:203.0.113.7", "203.0.113.7"],
  ["2001:db8:1:2:aaaa:bbbb:cccc:dddd", "2001:db8:1:2::/64"],
  ["2001:DB8:0001:2::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
])("the address %s is counted as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
