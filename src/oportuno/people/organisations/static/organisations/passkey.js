// Passkeys: reads what the server wants from a JSON block or address, asks the device, sends what it answers.
// A form says what it is for: data-passkey="create" or "get", with data-options="<id of the JSON block>" or data-options-from="<address>".

const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const encode = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const withBytes = (list) => (list || []).map((one) => ({ ...one, id: decode(one.id) }));

function wanted(options) {
  const asked = options.publicKey;
  const bytes = { ...asked, challenge: decode(asked.challenge) };
  if (asked.user) bytes.user = { ...asked.user, id: decode(asked.user.id) };
  if (asked.excludeCredentials) bytes.excludeCredentials = withBytes(asked.excludeCredentials);
  if (asked.allowCredentials) bytes.allowCredentials = withBytes(asked.allowCredentials);
  return bytes;
}

function answered(credential) {
  const given = credential.response;
  const response = { clientDataJSON: encode(given.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (given[name]) response[name] = encode(given[name]);
  if (given.getTransports) response.transports = given.getTransports();
  return {
    id: credential.id, rawId: encode(credential.rawId), type: credential.type, response,
    authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
  };
}

async function options(form) {
  if (form.dataset.options) {
    const found = JSON.parse(document.getElementById(form.dataset.options).textContent);
    return found.creation_options || found.request_options;
  }
  const answer = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error("no options");
  return (await answer.json()).request_options;
}

async function ask(form) {
  const publicKey = wanted(await options(form));
  if (form.dataset.passkey === "get") return navigator.credentials.get({ publicKey });
  publicKey.authenticatorSelection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return navigator.credentials.create({ publicKey });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const word = form.querySelector("[data-passkey-refused]");
  const button = form.querySelector("[data-passkey-ask]");
  if (!window.PublicKeyCredential) {
    const sorry = form.querySelector("[data-passkey-missing]");
    if (sorry) sorry.hidden = false;
    button.disabled = true;
    continue;
  }
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    word.hidden = true;
    button.setAttribute("aria-busy", "true");
    try {
      form.elements.credential.value = JSON.stringify(answered(await ask(form)));
      form.submit();
    } catch {
      word.hidden = false;
    } finally {
      button.removeAttribute("aria-busy");
    }
  });
}
