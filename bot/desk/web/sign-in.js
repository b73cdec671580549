// Signing in: name and password are sent once, the session comes back as a cookie that no script can read.
const form = document.getElementById("form");
const wrong = document.getElementById("wrong");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = form.querySelector("button");
  button.disabled = true;
  wrong.textContent = "";
  try {
    const answer = await fetch("/desk/api/sign-in", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: form.elements.name.value.trim(), password: form.elements.password.value }),
    });
    if (answer.ok) {
      location.replace("/desk/");
      return;
    }
    wrong.textContent = (await answer.json()).error.message;
  } catch {
    wrong.textContent = "连不上服务器，请检查网络再试";
  }
  button.disabled = false;
  form.elements.password.select();
});
