import { harbourOrders } from "./harbour-orders.ts";
import { harbourProducts } from "./harbour-products.ts";
import { rubicon } from "./rubicon.ts";
import type { Scenario } from "./scenario.ts";
import { soykaMoney } from "./soyka-money.ts";
import { soykaNetwork } from "./soyka-network.ts";
import { teaOrders } from "./tea-orders.ts";
import { teaProduct } from "./tea-product.ts";

export const scenariosByProject: Record<string, Scenario[]> = {
  tea: [...teaOrders, ...teaProduct],
  soyka: [...soykaNetwork, ...soykaMoney],
  rubicon,
  harbour: [...harbourOrders, ...harbourProducts],
};
