#!/bin/sh
# The story of the README against a running service: a ticket comes in, the merchant settles it, and the figures and the verdict
# follow. Takes BASE (default http://127.0.0.1:3000) and KEY (an administrator key, default demo-admin-key) from the environment.
set -eu

BASE=${BASE:-http://127.0.0.1:3000} KEY=${KEY:-demo-admin-key} SHOP=91140100DEM0000140
post() {
  curl -sS --fail-with-body -w '\n' "$BASE/v1/$1" -H "Authorization: Bearer ${3:-$KEY}" \
    -H 'Content-Type: application/json' -d "$2"
}
get() { curl -sS --fail-with-body "$BASE/v1/$1" -H "Authorization: Bearer $KEY"; }
pick() { node -p "JSON.parse(fs.readFileSync(0, 'utf8'))$1"; }

# A shop is on file and gets a key of its own. The hotline pushes a complaint about it.
post subjects '{"uscc":"'$SHOP'","name":"Demo Hotpot","region":"140100","operatingSince":"2019-05-01"}'
MERCHANT=$(post access-keys '{"role":"merchant","subject":"'$SHOP'"}' | pick .secret)
TICKET=$(post work-orders '{"channel":"12345","externalNo":"TY-'$(date +%s)'","receivedAt":"2025-03-04T10:00:00+08:00",
  "complainantName":"Li Lei","complainantPhone":"139 0000 0000","content":"The soup was cold, and no refund."}' | pick .id)
post work-orders/$TICKET/classify '{"classification":"complaint"}'
DISPUTE=$(post disputes '{"respondentUscc":"'$SHOP'","respondentRegion":"140100","amountFen":38800}' | pick .id)
post work-orders/$TICKET/link-to-dispute '{"disputeId":"'$DISPUTE'"}'

# The shop offers the money back. The consumer accepts, and confirms that it came.
ROOM=$(post negotiations '{"disputeId":"'$DISPUTE'","respondentUscc":"'$SHOP'","venue":"merchant"}' | pick .id)
post negotiations/$ROOM/acknowledge '' $MERCHANT
post negotiations/$ROOM/propose '{"amountFen":38800}' $MERCHANT
post negotiations/$ROOM/agree '{"offer":1}'
AT=$(post negotiations/$ROOM/confirm '{"recoveredFen":38800}' | pick .position)

get "metrics/M-01?subject=$SHOP&position=$AT" | pick .rate.text
get "programmes/shanxi/verdicts/$SHOP?position=$AT" | pick '.conditions.map((c) => `${c.id} ${c.status}`).join("\n")'
get "disputes/$DISPUTE/events?position=$AT" | pick '.items.map((e) => `${e.position} ${e.type}`).join("\n")'
