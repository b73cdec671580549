"""The WeChat Official Account (公众号) as a channel. Only :mod:`.channel` knows Rasa and Sanic; docs/wechat.md describes the whole."""
