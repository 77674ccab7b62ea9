import { useState } from "react";
import { createRoot } from "react-dom/client";

// The least that React can do: one state, one word on the screen. What the console's own changes are compared with.
function Counter() {
  const [count, setCount] = useState(0);
  return (
    <button type="button" id="empty-change" onClick={() => setCount(count + 1)}>
      {count}
    </button>
  );
}

const place = document.createElement("div");
place.style.cssText = "position:fixed;inset-block-end:0;inset-inline-end:0";
document.body.append(place);
createRoot(place).render(<Counter />);
