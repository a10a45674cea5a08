// What happens around a passkey: a plain sentence when it fails, and no button where the device knows no passkeys.
document.addEventListener('allauth.error', (event) => {
  event.preventDefault()
  for (const place of document.querySelectorAll('[data-passkey-failed]')) place.hidden = false
})
document.addEventListener('DOMContentLoaded', () => {
  for (const button of document.querySelectorAll('[data-passkey-button]')) {
    if (!window.PublicKeyCredential) button.hidden = true
    button.addEventListener('click', () => {
      for (const place of document.querySelectorAll('[data-passkey-failed]')) place.hidden = true
    })
  }
})
