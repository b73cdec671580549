"""The known answers that WeChat's documentation prints (消息推送, 消息加解密说明)."""

TOKEN = "AAAAA"
ENCODING_AES_KEY = "A" * 43
APP_ID = "wxba5fad812f8e6fb9"

VERIFY = ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696")
"""Timestamp, nonce and signature of a GET."""
PLAIN = ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78")
"""The same of a POST in plain mode."""

PUSHED = ("1714112445", "415670741", "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3")
"""Timestamp, nonce and msg_signature of :data:`PUSHED_ENCRYPT`."""
PUSHED_RANDOM = b"a8eedb185eb2fecf"
PUSHED_MESSAGE = (
    '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,'
    '"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
)
PUSHED_ENCRYPT = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE"
    "8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VI"
    "YnSeOBrebufAlr7F9mFUPAJGj04="
)

ANSWERED = ("1713424427", "415670741", "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1")
ANSWER_RANDOM = b"707722b803182950"
ANSWER_MESSAGE = '{"demo_resp":"good luck"}'
ANSWER_ENCRYPT = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
