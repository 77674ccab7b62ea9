import { expect, test } from "vitest";
import { kindOfAddress, looksLikePhone, showAddress } from "./address.ts";

test("numbers in any spelling are phones, names with figures are not", () => {
  for (const phone of ["+7 916 123-45-67", "8(916)1234567", "12345", "+49 (30) 12 34 56"])
    expect(looksLikePhone(phone), phone).toBe(true);
  for (const name of ["Анна", "Анна 2", "Цех № 12345", "1234", "anna@12345.example", ""])
    expect(looksLikePhone(name), name).toBe(false);
});

test("an address with @ is mail; a Russian number is shown in groups, another as it is", () => {
  expect(kindOfAddress("a@b")).toBe("email");
  expect(kindOfAddress("+7916")).toBe("phone");
  expect(showAddress("phone", "+79161234567")).toBe("+7 916 123-45-67");
  expect(showAddress("phone", "+493012345678")).toBe("+493012345678");
  expect(showAddress("email", "+79161234567")).toBe("+79161234567");
});
