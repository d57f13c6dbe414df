// SPDX-License-Identifier: GPL-3.0-or-later
// Colours: the same as those of `kmemdb plot` (auditor/plot/ink.c), so that a
// directory has one colour everywhere.

const knownColours = {
  arch: [0.80, 225], block: [0.62, 122], certs: [0.86, 75], crypto: [0.60, 190],
  drivers: [0.62, 255], fs: [0.74, 150], init: [0.70, 20], io_uring: [0.84, 340],
  ipc: [0.56, 330], kernel: [0.64, 32], lib: [0.58, 305], mm: [0.87, 98],
  net: [0.76, 62], rust: [0.54, 50], security: [0.74, 355], sound: [0.56, 85],
  usr: [0.82, 280], virt: [0.66, 210],
};

const darkPage = window.matchMedia("(prefers-color-scheme: dark)");

function hashName(text) {
  let h = 2166136261;
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 16777619) >>> 0;
  return (h ^ h >>> 15) >>> 0;
}

function oklch(lightness, chroma, hue) {
  const a = chroma * Math.cos(hue * Math.PI / 180), b = chroma * Math.sin(hue * Math.PI / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
  ];
  return "#" + linear.map((v) => {
    const c = v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055;
    return Math.round(255 * Math.min(1, Math.max(0, c))).toString(16).padStart(2, "0");
  }).join("");
}

function restColour() {
  return oklch(darkPage.matches ? 0.42 : 0.82, 0, 0);
}

function pathColour(path) {
  if (path === "" || path.startsWith("(")) return restColour();
  const parts = path.split("/");
  let h = hashName(parts[0]);
  let [lightness, hue] = knownColours[parts[0]] || [0.58 + 0.07 * (Math.floor(h / 360) % 5), h % 360];
  let chroma = 0.115;
  if (parts.length > 1) {
    h = hashName(parts[0] + "/" + parts[1]);
    hue += (h % 9 - 4) * 9;
    lightness += (Math.floor(h / 9) % 5 - 2) * 0.045;
  }
  if (parts.length > 2) {
    h = hashName(path);
    lightness += (h % 5 - 1) * 0.025;
    chroma = 0.09;
  }
  lightness = Math.min(0.92, Math.max(0.5, lightness));
  return oklch(darkPage.matches ? lightness - 0.06 : lightness, chroma, hue);
}

function changeColour(change) {
  return change > 0 ? oklch(0.66, 0.17, 42) : oklch(darkPage.matches ? 0.66 : 0.58, 0.12, 245);
}

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((i) => {
    const v = parseInt(hex.slice(i, i + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// Black or white, whichever is read better on it.
function inkOn(hex) {
  const y = luminance(hex) + 0.05;
  return y / 0.05 >= 1.05 / y ? "#000000" : "#ffffff";
}
