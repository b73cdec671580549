BEGIN TRANSACTION;
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	person VARCHAR(32) NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES(1,1764000003.0,'坐席01','find','租房');
CREATE TABLE conversations (
	sender VARCHAR(255) NOT NULL, 
	state TEXT NOT NULL, 
	seen FLOAT NOT NULL, 
	PRIMARY KEY (sender)
);
INSERT INTO "conversations" VALUES('web-old','{"slots": {"conversation": {"place": "linzi"}}, "loop": null, "rejected": false, "heard": null, "assistant": "luohu"}',1764000000.5);
CREATE TABLE feedback (
	id INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	sender VARCHAR(64) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	reply VARCHAR(64) NOT NULL, 
	useful BOOLEAN NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (id), 
	UNIQUE (sender, reply)
);
INSERT INTO "feedback" VALUES(1,1764000001.0,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','web','0123456789ab',0,'没说清');
CREATE TABLE gaps (
	id INTEGER NOT NULL, 
	at FLOAT NOT NULL, 
	sender VARCHAR(64) NOT NULL, 
	channel VARCHAR(32) NOT NULL, 
	message TEXT NOT NULL, 
	reason VARCHAR(16) NOT NULL, 
	kind VARCHAR(16) NOT NULL, 
	jurisdiction VARCHAR(64), 
	ranking TEXT NOT NULL, 
	reply VARCHAR(64) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "gaps" VALUES(7,1764000002.0,'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa','web','公积金怎么提','declined','out_of_scope','linzi','[["ask/x", 0.5]]','0123456789ab','new');
CREATE TABLE marks (
	person VARCHAR(32) NOT NULL, 
	entry VARCHAR(128) NOT NULL, 
	used INTEGER NOT NULL, 
	last FLOAT NOT NULL, 
	favourite BOOLEAN NOT NULL, 
	PRIMARY KEY (person, entry)
);
INSERT INTO "marks" VALUES('坐席01','linzi-2022/1',2,1764000004.0,1);
CREATE TABLE staff (
	name VARCHAR(32) NOT NULL, 
	role VARCHAR(16) NOT NULL, 
	password VARCHAR(256) NOT NULL, 
	added FLOAT NOT NULL, 
	disabled BOOLEAN NOT NULL, 
	epoch INTEGER NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "staff" VALUES('坐席01','editor','$argon2id$x',1764000000.0,0,3);
CREATE TABLE verifications (
	id INTEGER NOT NULL, 
	policy VARCHAR(64) NOT NULL, 
	source_sha256 VARCHAR(64) NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	person VARCHAR(32) NOT NULL, 
	at FLOAT NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "verifications" VALUES(1,'linzi-2022','bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb','2026-11-20','坐席01',1764000005.0);
CREATE INDEX ix_audit_person ON audit (person);
CREATE INDEX ix_audit_at ON audit (at);
CREATE INDEX ix_feedback_at ON feedback (at);
CREATE INDEX ix_feedback_sender ON feedback (sender);
CREATE INDEX ix_gaps_status ON gaps (status);
CREATE INDEX ix_gaps_at ON gaps (at);
CREATE INDEX ix_gaps_sender ON gaps (sender);
CREATE INDEX ix_verifications_policy ON verifications (policy);
CREATE INDEX ix_conversations_seen ON conversations (seen);
COMMIT;
