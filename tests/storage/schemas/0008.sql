CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE certificate (
	number INTEGER NOT NULL, 
	gathering_code VARCHAR NOT NULL, 
	person_uid VARCHAR NOT NULL, 
	native_name VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	signed VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_certificate_gathering_code_person_uid UNIQUE (gathering_code, person_uid), 
	CONSTRAINT uq_certificate_number UNIQUE (number)
);
CREATE TABLE gathering (
	uid VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	titles JSON NOT NULL, 
	host_centre VARCHAR, 
	country VARCHAR NOT NULL, 
	tz VARCHAR NOT NULL, 
	start_date DATE NOT NULL, 
	end_date DATE NOT NULL, 
	capacity INTEGER NOT NULL, 
	currency VARCHAR NOT NULL, 
	working_languages JSON NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	venue_name VARCHAR NOT NULL, 
	venue_city VARCHAR NOT NULL, 
	venue_note VARCHAR, 
	contact_name VARCHAR, 
	contact_address VARCHAR, 
	deposit_minor BIGINT, 
	deposit_currency VARCHAR(3), 
	age_from INTEGER, 
	age_to INTEGER, 
	camp_currency JSON, 
	remarks JSON NOT NULL, 
	package_name VARCHAR, 
	table_prefix VARCHAR, 
	blanks JSON NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	coordinates VARCHAR, 
	age_reference_date DATE, 
	minors_per_adult INTEGER, 
	CONSTRAINT uq_gathering_code UNIQUE (code), 
	CONSTRAINT uq_gathering_uid UNIQUE (uid)
);
CREATE TABLE import_form (
	file VARCHAR NOT NULL, 
	headings JSON NOT NULL, 
	mapping JSON NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT
);
CREATE TABLE journal_step (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	title VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	undoes INTEGER, 
	final BOOLEAN NOT NULL, 
	CONSTRAINT uq_journal_step_undoes UNIQUE (undoes), 
	CONSTRAINT fk_journal_step_undoes FOREIGN KEY(undoes) REFERENCES journal_step (id)
);
CREATE TABLE letter_series (
	name VARCHAR NOT NULL, 
	last INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_letter_series_name UNIQUE (name)
);
CREATE TABLE mailbox_mark (
	server VARCHAR NOT NULL, 
	user VARCHAR NOT NULL, 
	folder VARCHAR NOT NULL, 
	validity BIGINT NOT NULL, 
	last_uid BIGINT NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_mailbox_mark_server_user_folder UNIQUE (server, user, folder)
);
CREATE TABLE person (
	uid VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	display_name VARCHAR NOT NULL, 
	given VARCHAR, 
	family VARCHAR, 
	name_order VARCHAR(40) NOT NULL, 
	native_name VARCHAR, 
	native_script VARCHAR, 
	passport_name VARCHAR, 
	sort_name VARCHAR NOT NULL, 
	pronouns VARCHAR, 
	born DATE, 
	country VARCHAR, 
	origin VARCHAR, 
	home_tz VARCHAR, 
	home_currency VARCHAR, 
	fee_band VARCHAR, 
	mother_tongue VARCHAR, 
	email VARCHAR, 
	phone VARCHAR, 
	emergency_contact VARCHAR, 
	note VARCHAR, 
	blanks JSON NOT NULL, 
	search VARCHAR NOT NULL, 
	merged_into_id INTEGER, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	born_partly VARCHAR, 
	nationality VARCHAR, 
	badge_name VARCHAR, 
	erased_at DATETIME, gender VARCHAR, 
	CONSTRAINT uq_person_code UNIQUE (code), 
	CONSTRAINT uq_person_uid UNIQUE (uid), 
	CONSTRAINT fk_person_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES person (id)
);
CREATE INDEX ix_person_merged_into_id ON person (merged_into_id);
CREATE INDEX ix_person_sort_name ON person (sort_name);
CREATE TABLE publication (
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	replaces VARCHAR, 
	aim VARCHAR, 
	stages JSON NOT NULL, 
	blanks JSON NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_publication_code UNIQUE (code)
);
CREATE TABLE report_template (
	name VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	columns JSON NOT NULL, 
	filters JSON NOT NULL, 
	format VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_report_template_name UNIQUE (name)
);
CREATE TABLE signing_key (
	private VARCHAR NOT NULL, 
	public VARCHAR NOT NULL, 
	made_at DATETIME NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_signing_key_public UNIQUE (public)
);
CREATE TABLE visa_rule (
	country VARCHAR NOT NULL, 
	nationality VARCHAR NOT NULL, 
	needed BOOLEAN NOT NULL, 
	working_days INTEGER, 
	consulate VARCHAR, 
	language VARCHAR, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_visa_rule_country_nationality UNIQUE (country, nationality)
);
CREATE TABLE work (
	code VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_work_code UNIQUE (code)
);
CREATE TABLE arrival_check (
	gathering_id INTEGER NOT NULL, 
	item VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_arrival_check_gathering_id_item UNIQUE (gathering_id, item), 
	CONSTRAINT fk_arrival_check_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_arrival_check_gathering_id ON arrival_check (gathering_id);
CREATE TABLE asked_paper (
	gathering_id INTEGER NOT NULL, 
	paper VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_asked_paper_gathering_id_paper UNIQUE (gathering_id, paper), 
	CONSTRAINT fk_asked_paper_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_asked_paper_gathering_id ON asked_paper (gathering_id);
CREATE TABLE bedroom (
	gathering_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	beds INTEGER NOT NULL, 
	designation VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_bedroom_gathering_id_code UNIQUE (gathering_id, code), 
	CONSTRAINT fk_bedroom_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_bedroom_gathering_id ON bedroom (gathering_id);
CREATE TABLE calendar_collection (
	gathering_id INTEGER NOT NULL, 
	address VARCHAR NOT NULL, 
	user VARCHAR NOT NULL, 
	used DATETIME NOT NULL, 
	language VARCHAR, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_calendar_collection_gathering_id_address UNIQUE (gathering_id, address), 
	CONSTRAINT fk_calendar_collection_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_calendar_collection_gathering_id ON calendar_collection (gathering_id);
CREATE TABLE calendar_feed (
	gathering_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	token VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_calendar_feed_gathering_id_person_id UNIQUE (gathering_id, person_id), 
	CONSTRAINT uq_calendar_feed_token UNIQUE (token), 
	CONSTRAINT fk_calendar_feed_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_calendar_feed_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_calendar_feed_person_id ON calendar_feed (person_id);
CREATE INDEX ix_calendar_feed_gathering_id ON calendar_feed (gathering_id);
CREATE TABLE campaign (
	code VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	goal_minor BIGINT, 
	goal_currency VARCHAR(3), 
	reward_threshold_minor BIGINT, 
	reward_threshold_currency VARCHAR(3), 
	reward_item VARCHAR, 
	publication_id INTEGER, 
	earmark VARCHAR, 
	method VARCHAR, 
	source VARCHAR, 
	note VARCHAR, 
	blanks JSON NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, currency VARCHAR(3) DEFAULT 'EUR' NOT NULL, 
	CONSTRAINT uq_campaign_code UNIQUE (code), 
	CONSTRAINT fk_campaign_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id)
);
CREATE INDEX ix_campaign_publication_id ON campaign (publication_id);
CREATE TABLE deadline (
	gathering_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	date DATE NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_deadline_gathering_id_name UNIQUE (gathering_id, name), 
	CONSTRAINT fk_deadline_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_deadline_gathering_id ON deadline (gathering_id);
CREATE TABLE delegation (
	gathering_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	iso_country VARCHAR, 
	origin VARCHAR, 
	leader_id INTEGER NOT NULL, 
	announced INTEGER NOT NULL, 
	confirmed INTEGER NOT NULL, 
	fee_band VARCHAR, 
	due_minor BIGINT, 
	due_currency VARCHAR(3), 
	home_currency VARCHAR, 
	state VARCHAR(40) NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_delegation_gathering_id_code UNIQUE (gathering_id, code), 
	CONSTRAINT fk_delegation_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_delegation_leader_id FOREIGN KEY(leader_id) REFERENCES person (id)
);
CREATE INDEX ix_delegation_leader_id ON delegation (leader_id);
CREATE INDEX ix_delegation_gathering_id ON delegation (gathering_id);
CREATE TABLE edition (
	code VARCHAR NOT NULL, 
	work_id INTEGER NOT NULL, 
	author VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	year INTEGER, 
	lang VARCHAR NOT NULL, 
	direction VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	rights VARCHAR(40) NOT NULL, 
	confidence VARCHAR NOT NULL, 
	topics VARCHAR NOT NULL, 
	pages VARCHAR, 
	web_address VARCHAR, 
	state VARCHAR(40) NOT NULL, 
	search VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_edition_code UNIQUE (code), 
	CONSTRAINT fk_edition_work_id FOREIGN KEY(work_id) REFERENCES work (id)
);
CREATE INDEX ix_edition_work_id ON edition (work_id);
CREATE TABLE engagement (
	gathering_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	list_name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	floor_language VARCHAR, 
	a_language VARCHAR, 
	booth VARCHAR, 
	also VARCHAR, 
	blanks JSON NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, first_day DATE, last_day DATE, languages JSON DEFAULT '[]' NOT NULL, fee_minor BIGINT, fee_currency VARCHAR(3), version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT fk_engagement_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_engagement_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_engagement_person_id ON engagement (person_id);
CREATE INDEX ix_engagement_gathering_id ON engagement (gathering_id);
CREATE TABLE free_day (
	gathering_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_free_day_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_free_day_gathering_id ON free_day (gathering_id);
CREATE TABLE fund (
	gathering_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	currency VARCHAR NOT NULL, 
	allocated_minor BIGINT, 
	allocated_currency VARCHAR(3), 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_fund_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_fund_gathering_id ON fund (gathering_id);
CREATE TABLE gathering_invite (
	gathering_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	method VARCHAR NOT NULL, 
	partstat VARCHAR(40) NOT NULL, 
	sent VARCHAR NOT NULL, 
	told VARCHAR, 
	stamp DATETIME, 
	address VARCHAR, 
	error VARCHAR, 
	answered DATETIME, 
	comment VARCHAR, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, organizer VARCHAR, 
	CONSTRAINT uq_gathering_invite_gathering_id_person_id UNIQUE (gathering_id, person_id), 
	CONSTRAINT fk_gathering_invite_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_gathering_invite_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_gathering_invite_person_id ON gathering_invite (person_id);
CREATE INDEX ix_gathering_invite_gathering_id ON gathering_invite (gathering_id);
CREATE TABLE gathering_step (
	gathering_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	step VARCHAR(40), 
	from_state VARCHAR(40), 
	reason VARCHAR(1000), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_gathering_step_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_gathering_step_gathering_id ON gathering_step (gathering_id);
CREATE TABLE journal_change (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	step_id INTEGER NOT NULL, 
	kind VARCHAR(10) NOT NULL, 
	table_name VARCHAR(60) NOT NULL, 
	"key" JSON NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	CONSTRAINT fk_journal_change_step_id FOREIGN KEY(step_id) REFERENCES journal_step (id)
);
CREATE INDEX ix_journal_change_step_id ON journal_change (step_id);
CREATE TABLE letter_template (
	gathering_id INTEGER NOT NULL, 
	occasion VARCHAR(40) NOT NULL, 
	language VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_letter_template_gathering_id_occasion_language UNIQUE (gathering_id, occasion, language), 
	CONSTRAINT fk_letter_template_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_letter_template_gathering_id ON letter_template (gathering_id);
CREATE TABLE mail (
	occasion VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	subject VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	message_id VARCHAR NOT NULL, 
	gathering_id INTEGER, 
	person_id INTEGER, 
	state VARCHAR(40) NOT NULL, 
	tells JSON NOT NULL, 
	hold_until DATETIME, 
	retry_at DATETIME, 
	attempts INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_mail_message_id UNIQUE (message_id), 
	CONSTRAINT fk_mail_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_mail_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_mail_gathering_id ON mail (gathering_id);
CREATE INDEX ix_mail_state ON mail (state);
CREATE INDEX ix_mail_person_id ON mail (person_id);
CREATE INDEX ix_mail_address ON mail (address);
CREATE TABLE module (
	gathering_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	start DATE NOT NULL, 
	"end" DATE NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_module_gathering_id_code UNIQUE (gathering_id, code), 
	CONSTRAINT fk_module_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_module_gathering_id ON module (gathering_id);
CREATE TABLE person_address (
	person_id INTEGER NOT NULL, 
	address VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_person_address_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_person_address_person_id ON person_address (person_id);
CREATE TABLE person_language (
	person_id INTEGER NOT NULL, 
	lang VARCHAR NOT NULL, 
	level VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_person_language_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_person_language_in_order ON person_language (person_id, position, lang);
CREATE TABLE price (
	gathering_id INTEGER NOT NULL, 
	band VARCHAR NOT NULL, 
	price_minor BIGINT NOT NULL, 
	price_currency VARCHAR(3) NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_price_gathering_id_band UNIQUE (gathering_id, band), 
	CONSTRAINT fk_price_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_price_gathering_id ON price (gathering_id);
CREATE TABLE publication_part (
	publication_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	texts JSON NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_publication_part_publication_id FOREIGN KEY(publication_id) REFERENCES publication (id)
);
CREATE INDEX ix_publication_part_publication_id ON publication_part (publication_id);
CREATE TABLE room (
	gathering_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	seats INTEGER, 
	booths INTEGER NOT NULL, 
	divisible INTEGER, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	coordinates VARCHAR, equipment VARCHAR, note VARCHAR, 
	CONSTRAINT uq_room_gathering_id_code UNIQUE (gathering_id, code), 
	CONSTRAINT fk_room_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_room_gathering_id ON room (gathering_id);
CREATE TABLE score_scale (
	gathering_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	anchors JSON NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_score_scale_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_score_scale_gathering_id ON score_scale (gathering_id);
CREATE TABLE selection_rules (
	gathering_id INTEGER NOT NULL, 
	policy VARCHAR(40) NOT NULL, 
	offer_days INTEGER NOT NULL, 
	endorsement BOOLEAN NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_selection_rules_gathering_id UNIQUE (gathering_id), 
	CONSTRAINT fk_selection_rules_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_selection_rules_gathering_id ON selection_rules (gathering_id);
CREATE TABLE selection_target (
	gathering_id INTEGER NOT NULL, 
	side VARCHAR(40) NOT NULL, 
	"group" VARCHAR NOT NULL, 
	measure VARCHAR(40) NOT NULL, 
	number INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_selection_target_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_selection_target_gathering_id ON selection_target (gathering_id);
CREATE TABLE team (
	gathering_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT uq_team_gathering_id_code UNIQUE (gathering_id, code), 
	CONSTRAINT fk_team_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_team_gathering_id ON team (gathering_id);
CREATE TABLE two_people (
	one_id INTEGER NOT NULL, 
	other_id INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_two_people_one_id_other_id UNIQUE (one_id, other_id), 
	CONSTRAINT fk_two_people_one_id FOREIGN KEY(one_id) REFERENCES person (id), 
	CONSTRAINT fk_two_people_other_id FOREIGN KEY(other_id) REFERENCES person (id)
);
CREATE INDEX ix_two_people_other_id ON two_people (other_id);
CREATE INDEX ix_two_people_one_id ON two_people (one_id);
CREATE TABLE visa_letter (
	gathering_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	series VARCHAR NOT NULL, 
	serial INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	language VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	starts DATE NOT NULL, 
	ends DATE NOT NULL, 
	address VARCHAR NOT NULL, 
	payer VARCHAR(40) NOT NULL, 
	payer_name VARCHAR NOT NULL, 
	consulate VARCHAR NOT NULL, 
	born DATE, 
	nationality VARCHAR, 
	passport_number VARCHAR NOT NULL, 
	issued_at DATETIME NOT NULL, 
	issued_by VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, host VARCHAR DEFAULT '' NOT NULL, host_address VARCHAR DEFAULT '' NOT NULL, contact VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT uq_visa_letter_series_serial_revision UNIQUE (series, serial, revision), 
	CONSTRAINT fk_visa_letter_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_visa_letter_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_visa_letter_gathering_id ON visa_letter (gathering_id);
CREATE INDEX ix_visa_letter_person_id ON visa_letter (person_id);
CREATE TABLE application (
	uid VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	gathering_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	motivation_lang VARCHAR, 
	motivation VARCHAR, 
	needs_visa BOOLEAN, 
	asks_subsidy BOOLEAN, 
	asked_travel_minor BIGINT, 
	asked_travel_currency VARCHAR(3), 
	module_codes JSON NOT NULL, 
	waiting_rank INTEGER, 
	delegation_id INTEGER, 
	note VARCHAR, 
	source_file VARCHAR, 
	source_row INTEGER, 
	raw JSON, 
	issues JSON NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	answer_due DATE, 
	endorsed_by VARCHAR, 
	endorsed_on DATE, modules_said VARCHAR, organisation VARCHAR, diet VARCHAR, access VARCHAR, arrival DATE, departure DATE, first_time BOOLEAN, parental_consent BOOLEAN, consent BOOLEAN, consent_on DATE, contribution_minor BIGINT, contribution_currency VARCHAR(3), named_fee_minor BIGINT, named_fee_currency VARCHAR(3), search VARCHAR DEFAULT '' NOT NULL, 
	CONSTRAINT uq_application_gathering_id_code UNIQUE (gathering_id, code), 
	CONSTRAINT uq_application_uid UNIQUE (uid), 
	CONSTRAINT fk_application_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_application_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_application_delegation_id FOREIGN KEY(delegation_id) REFERENCES delegation (id)
);
CREATE INDEX ix_application_delegation_id ON application (delegation_id);
CREATE INDEX ix_application_gathering_id ON application (gathering_id);
CREATE INDEX ix_application_person_id ON application (person_id);
CREATE TABLE busy_time (
	person_id INTEGER, 
	room_id INTEGER, 
	start_utc DATETIME NOT NULL, 
	end_utc DATETIME NOT NULL, 
	source VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT ck_busy_time_one_owner CHECK ((person_id IS NULL) <> (room_id IS NULL)), 
	CONSTRAINT fk_busy_time_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_busy_time_room_id FOREIGN KEY(room_id) REFERENCES room (id)
);
CREATE INDEX ix_busy_time_person_id ON busy_time (person_id);
CREATE INDEX ix_busy_time_start_utc ON busy_time (start_utc);
CREATE INDEX ix_busy_time_room_id ON busy_time (room_id);
CREATE TABLE delegation_coordinator (
	delegation_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_delegation_coordinator_delegation_id FOREIGN KEY(delegation_id) REFERENCES delegation (id), 
	CONSTRAINT fk_delegation_coordinator_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_delegation_coordinator_delegation_id ON delegation_coordinator (delegation_id);
CREATE INDEX ix_delegation_coordinator_person_id ON delegation_coordinator (person_id);
CREATE TABLE delegation_quota (
	delegation_id INTEGER NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	number INTEGER NOT NULL, 
	age INTEGER, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_delegation_quota_delegation_id_kind UNIQUE (delegation_id, kind), 
	CONSTRAINT fk_delegation_quota_delegation_id FOREIGN KEY(delegation_id) REFERENCES delegation (id)
);
CREATE INDEX ix_delegation_quota_delegation_id ON delegation_quota (delegation_id);
CREATE TABLE delegation_step (
	delegation_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	step VARCHAR(40), 
	from_state VARCHAR(40), 
	reason VARCHAR(1000), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_delegation_step_delegation_id FOREIGN KEY(delegation_id) REFERENCES delegation (id)
);
CREATE INDEX ix_delegation_step_delegation_id ON delegation_step (delegation_id);
CREATE TABLE gift (
	code VARCHAR NOT NULL, 
	campaign_id INTEGER NOT NULL, 
	person_id INTEGER, 
	anonymous BOOLEAN NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	amount_currency VARCHAR(3) NOT NULL, 
	value_minor BIGINT NOT NULL, 
	value_currency VARCHAR(3) NOT NULL, 
	date DATE NOT NULL, 
	method VARCHAR NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	platform_fee_minor BIGINT, 
	platform_fee_currency VARCHAR(3), 
	note VARCHAR, 
	blanks JSON NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_gift_code UNIQUE (code), 
	CONSTRAINT fk_gift_campaign_id FOREIGN KEY(campaign_id) REFERENCES campaign (id), 
	CONSTRAINT fk_gift_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_gift_campaign_id ON gift (campaign_id);
CREATE INDEX ix_gift_person_id ON gift (person_id);
CREATE TABLE mail_part (
	mail_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	media_type VARCHAR NOT NULL, 
	packed VARCHAR NOT NULL, 
	method VARCHAR, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_mail_part_mail_id FOREIGN KEY(mail_id) REFERENCES mail (id)
);
CREATE INDEX ix_mail_part_mail_id ON mail_part (mail_id);
CREATE TABLE mail_step (
	mail_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	step VARCHAR(40), 
	from_state VARCHAR(40), 
	reason VARCHAR(1000), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_mail_step_mail_id FOREIGN KEY(mail_id) REFERENCES mail (id)
);
CREATE INDEX ix_mail_step_mail_id ON mail_step (mail_id);
CREATE TABLE participation (
	gathering_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	language_group VARCHAR, 
	team_id INTEGER, 
	bedroom_id INTEGER, 
	delegation_id INTEGER, 
	guardian_id INTEGER, 
	fee_minor BIGINT, 
	fee_currency VARCHAR(3), 
	diet VARCHAR, 
	access VARCHAR, 
	note VARCHAR, 
	minor_at_start BOOLEAN, 
	parental_consent VARCHAR, 
	sleeping VARCHAR, 
	first_time BOOLEAN, 
	blanks JSON NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	needs_visa BOOLEAN, consent_on DATE, 
	CONSTRAINT uq_participation_gathering_id_person_id UNIQUE (gathering_id, person_id), 
	CONSTRAINT fk_participation_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_participation_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_participation_team_id FOREIGN KEY(team_id) REFERENCES team (id), 
	CONSTRAINT fk_participation_bedroom_id FOREIGN KEY(bedroom_id) REFERENCES bedroom (id), 
	CONSTRAINT fk_participation_delegation_id FOREIGN KEY(delegation_id) REFERENCES delegation (id), 
	CONSTRAINT fk_participation_guardian_id FOREIGN KEY(guardian_id) REFERENCES person (id)
);
CREATE INDEX ix_participation_bedroom_id ON participation (bedroom_id);
CREATE INDEX ix_participation_guardian_id ON participation (guardian_id);
CREATE INDEX ix_participation_person_id ON participation (person_id);
CREATE INDEX ix_participation_delegation_id ON participation (delegation_id);
CREATE INDEX ix_participation_team_id ON participation (team_id);
CREATE INDEX ix_participation_gathering_id ON participation (gathering_id);
CREATE TABLE payment (
	gathering_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	delegation_id INTEGER, 
	person_id INTEGER, 
	date DATE NOT NULL, 
	method VARCHAR NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	amount_currency VARCHAR(3) NOT NULL, 
	paid_as_minor BIGINT, 
	paid_as_currency VARCHAR(3), 
	rate VARCHAR(40), 
	rate_date DATE, 
	rate_source VARCHAR, 
	reference VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_payment_gathering_id_code UNIQUE (gathering_id, code), 
	CONSTRAINT fk_payment_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_payment_delegation_id FOREIGN KEY(delegation_id) REFERENCES delegation (id), 
	CONSTRAINT fk_payment_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_payment_person_id ON payment (person_id);
CREATE INDEX ix_payment_gathering_id ON payment (gathering_id);
CREATE INDEX ix_payment_delegation_id ON payment (delegation_id);
CREATE TABLE pushed_session (
	collection_id INTEGER NOT NULL, 
	uid VARCHAR NOT NULL, 
	href VARCHAR NOT NULL, 
	etag VARCHAR, 
	digest VARCHAR NOT NULL, 
	pending VARCHAR NOT NULL, 
	theirs BOOLEAN NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_pushed_session_collection_id_uid UNIQUE (collection_id, uid), 
	CONSTRAINT fk_pushed_session_collection_id FOREIGN KEY(collection_id) REFERENCES calendar_collection (id)
);
CREATE INDEX ix_pushed_session_collection_id ON pushed_session (collection_id);
CREATE TABLE reading_step (
	edition_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	step VARCHAR(40), 
	from_state VARCHAR(40), 
	reason VARCHAR(1000), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_reading_step_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id)
);
CREATE INDEX ix_reading_step_edition_id ON reading_step (edition_id);
CREATE TABLE rota_task (
	gathering_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	task VARCHAR NOT NULL, 
	team_id INTEGER, 
	delegation_id INTEGER, 
	by_volunteers BOOLEAN NOT NULL, 
	people INTEGER, 
	staffed_by_volunteers BOOLEAN, 
	blanks JSON NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT fk_rota_task_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_rota_task_team_id FOREIGN KEY(team_id) REFERENCES team (id), 
	CONSTRAINT fk_rota_task_delegation_id FOREIGN KEY(delegation_id) REFERENCES delegation (id)
);
CREATE INDEX ix_rota_task_team_id ON rota_task (team_id);
CREATE INDEX ix_rota_task_gathering_id ON rota_task (gathering_id);
CREATE INDEX ix_rota_task_delegation_id ON rota_task (delegation_id);
CREATE TABLE session (
	uid VARCHAR NOT NULL, 
	gathering_id INTEGER NOT NULL, 
	no INTEGER NOT NULL, 
	kind VARCHAR(40) NOT NULL, 
	title VARCHAR NOT NULL, 
	start_local DATETIME NOT NULL, 
	end_local DATETIME NOT NULL, 
	tz VARCHAR NOT NULL, 
	fold_start INTEGER NOT NULL, 
	fold_end INTEGER NOT NULL, 
	start_utc DATETIME NOT NULL, 
	end_utc DATETIME NOT NULL, 
	room_id INTEGER, 
	module_id INTEGER, 
	floor_language VARCHAR NOT NULL, 
	languages JSON NOT NULL, 
	audience VARCHAR NOT NULL, 
	series VARCHAR, 
	sequence INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	register BOOLEAN NOT NULL, 
	register_lost BOOLEAN NOT NULL, 
	invited INTEGER, 
	public BOOLEAN, 
	reading_gap JSON, 
	online_link VARCHAR, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	blanks JSON NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_session_gathering_id_no UNIQUE (gathering_id, no), 
	CONSTRAINT uq_session_uid UNIQUE (uid), 
	CONSTRAINT fk_session_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_session_room_id FOREIGN KEY(room_id) REFERENCES room (id), 
	CONSTRAINT fk_session_module_id FOREIGN KEY(module_id) REFERENCES module (id)
);
CREATE INDEX ix_session_module_id ON session (module_id);
CREATE INDEX ix_session_start_utc ON session (start_utc);
CREATE INDEX ix_session_room_id ON session (room_id);
CREATE INDEX ix_session_gathering_id ON session (gathering_id);
CREATE TABLE subsidy (
	code VARCHAR NOT NULL, 
	gathering_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	fund_id INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	requested_minor BIGINT, 
	requested_currency VARCHAR(3), 
	granted_minor BIGINT, 
	granted_currency VARCHAR(3), 
	decided_by_id INTEGER, 
	imported_state VARCHAR, 
	note VARCHAR, 
	blanks JSON NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_subsidy_gathering_id_code UNIQUE (gathering_id, code), 
	CONSTRAINT fk_subsidy_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_subsidy_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_subsidy_fund_id FOREIGN KEY(fund_id) REFERENCES fund (id), 
	CONSTRAINT fk_subsidy_decided_by_id FOREIGN KEY(decided_by_id) REFERENCES person (id)
);
CREATE INDEX ix_subsidy_gathering_id ON subsidy (gathering_id);
CREATE INDEX ix_subsidy_decided_by_id ON subsidy (decided_by_id);
CREATE INDEX ix_subsidy_person_id ON subsidy (person_id);
CREATE INDEX ix_subsidy_fund_id ON subsidy (fund_id);
CREATE TABLE allocation (
	payment_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_allocation_payment_id FOREIGN KEY(payment_id) REFERENCES payment (id), 
	CONSTRAINT fk_allocation_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_allocation_payment_id ON allocation (payment_id);
CREATE INDEX ix_allocation_person_id ON allocation (person_id);
CREATE TABLE application_step (
	application_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	step VARCHAR(40), 
	from_state VARCHAR(40), 
	reason VARCHAR(1000), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_application_step_application_id FOREIGN KEY(application_id) REFERENCES application (id)
);
CREATE INDEX ix_application_step_application_id ON application_step (application_id);
CREATE TABLE arrival (
	participation_id INTEGER NOT NULL, 
	came_at DATETIME NOT NULL, 
	came_by VARCHAR NOT NULL, 
	reason VARCHAR, 
	left_at DATETIME, 
	left_by VARCHAR, 
	left_reason VARCHAR, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_arrival_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id)
);
CREATE INDEX ix_arrival_participation_id ON arrival (participation_id);
CREATE TABLE attendance_mark (
	session_id INTEGER NOT NULL, 
	participation_id INTEGER NOT NULL, 
	status VARCHAR(40) NOT NULL, 
	check_in DATETIME, 
	check_out DATETIME, 
	minutes INTEGER NOT NULL, 
	method VARCHAR NOT NULL, 
	CONSTRAINT pk_attendance_mark PRIMARY KEY (session_id, participation_id), 
	CONSTRAINT fk_attendance_mark_session_id FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_attendance_mark_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id)
)
 WITHOUT ROWID

;
CREATE INDEX ix_attendance_mark_participation_id ON attendance_mark (participation_id);
CREATE TABLE badge (
	participation_id INTEGER NOT NULL, 
	code VARCHAR NOT NULL, 
	given_at DATETIME NOT NULL, 
	lost_at DATETIME, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_badge_code UNIQUE (code), 
	CONSTRAINT fk_badge_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id)
);
CREATE INDEX ix_badge_participation_id ON badge (participation_id);
CREATE TABLE day_presence (
	participation_id INTEGER NOT NULL, 
	date DATE NOT NULL, 
	on_site BOOLEAN NOT NULL, 
	CONSTRAINT pk_day_presence PRIMARY KEY (participation_id, date), 
	CONSTRAINT fk_day_presence_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id)
)
 WITHOUT ROWID

;
CREATE TABLE gift_step (
	gift_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	step VARCHAR(40), 
	from_state VARCHAR(40), 
	reason VARCHAR(1000), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_gift_step_gift_id FOREIGN KEY(gift_id) REFERENCES gift (id)
);
CREATE INDEX ix_gift_step_gift_id ON gift_step (gift_id);
CREATE TABLE held_reply (
	digest VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	uid VARCHAR NOT NULL, 
	attendee VARCHAR NOT NULL, 
	why VARCHAR NOT NULL, 
	"values" JSON NOT NULL, 
	participation VARCHAR, 
	comment VARCHAR, 
	stamp DATETIME, 
	received DATETIME NOT NULL, 
	session_id INTEGER, 
	gathering_id INTEGER, 
	person_id INTEGER, 
	state VARCHAR(40) NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_held_reply_digest UNIQUE (digest), 
	CONSTRAINT fk_held_reply_session_id FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_held_reply_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_held_reply_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_held_reply_session_id ON held_reply (session_id);
CREATE INDEX ix_held_reply_person_id ON held_reply (person_id);
CREATE INDEX ix_held_reply_gathering_id ON held_reply (gathering_id);
CREATE TABLE interpretation (
	session_id INTEGER NOT NULL, 
	source VARCHAR NOT NULL, 
	target VARCHAR NOT NULL, 
	mode VARCHAR(40) NOT NULL, 
	relay_via VARCHAR, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_interpretation_session_id FOREIGN KEY(session_id) REFERENCES session (id)
);
CREATE INDEX ix_interpretation_session_id ON interpretation (session_id);
CREATE TABLE invite (
	session_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	sequence INTEGER NOT NULL, 
	method VARCHAR NOT NULL, 
	partstat VARCHAR(40) NOT NULL, 
	sent VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	beyond_stay BOOLEAN, 
	told VARCHAR, 
	stamp DATETIME, 
	address VARCHAR, 
	error VARCHAR, 
	answered DATETIME, 
	comment VARCHAR, organizer VARCHAR, 
	CONSTRAINT uq_invite_session_id_person_id UNIQUE (session_id, person_id), 
	CONSTRAINT fk_invite_session_id FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_invite_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_invite_session_id ON invite (session_id);
CREATE INDEX ix_invite_person_id ON invite (person_id);
CREATE TABLE module_attended (
	participation_id INTEGER NOT NULL, 
	module_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_module_attended_participation_id_module_id UNIQUE (participation_id, module_id), 
	CONSTRAINT fk_module_attended_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id), 
	CONSTRAINT fk_module_attended_module_id FOREIGN KEY(module_id) REFERENCES module (id)
);
CREATE INDEX ix_module_attended_module_id ON module_attended (module_id);
CREATE INDEX ix_module_attended_participation_id ON module_attended (participation_id);
CREATE TABLE paper_received (
	participation_id INTEGER NOT NULL, 
	paper VARCHAR NOT NULL, 
	"on" DATE NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_paper_received_participation_id_paper UNIQUE (participation_id, paper), 
	CONSTRAINT fk_paper_received_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id)
);
CREATE INDEX ix_paper_received_participation_id ON paper_received (participation_id);
CREATE TABLE parent (
	participation_id INTEGER NOT NULL, 
	name VARCHAR NOT NULL, 
	contact VARCHAR NOT NULL, 
	signed_on DATE, 
	allows VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_parent_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id)
);
CREATE INDEX ix_parent_participation_id ON parent (participation_id);
CREATE TABLE pending_decision (
	gathering_id INTEGER NOT NULL, 
	application_id INTEGER NOT NULL, 
	decision VARCHAR(40) NOT NULL, 
	reason VARCHAR, 
	"by" VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_pending_decision_application_id UNIQUE (application_id), 
	CONSTRAINT fk_pending_decision_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_pending_decision_application_id FOREIGN KEY(application_id) REFERENCES application (id)
);
CREATE INDEX ix_pending_decision_gathering_id ON pending_decision (gathering_id);
CREATE INDEX ix_pending_decision_application_id ON pending_decision (application_id);
CREATE TABLE place_offer (
	gathering_id INTEGER NOT NULL, 
	application_id INTEGER NOT NULL, 
	due DATETIME NOT NULL, 
	ended VARCHAR(40), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_place_offer_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_place_offer_application_id FOREIGN KEY(application_id) REFERENCES application (id)
);
CREATE INDEX ix_place_offer_application_id ON place_offer (application_id);
CREATE INDEX ix_place_offer_gathering_id ON place_offer (gathering_id);
CREATE TABLE programme_change (
	gathering_id INTEGER NOT NULL, 
	session_id INTEGER NOT NULL, 
	change VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	ics_method VARCHAR NOT NULL, 
	sequence INTEGER NOT NULL, 
	was VARCHAR, 
	now VARCHAR, 
	warning VARCHAR, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_programme_change_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_programme_change_session_id FOREIGN KEY(session_id) REFERENCES session (id)
);
CREATE INDEX ix_programme_change_gathering_id ON programme_change (gathering_id);
CREATE INDEX ix_programme_change_session_id ON programme_change (session_id);
CREATE TABLE reading_assignment (
	session_id INTEGER NOT NULL, 
	edition_id INTEGER NOT NULL, 
	required BOOLEAN NOT NULL, 
	order_no INTEGER NOT NULL, 
	pages VARCHAR, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_reading_assignment_session_id FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_reading_assignment_edition_id FOREIGN KEY(edition_id) REFERENCES edition (id)
);
CREATE INDEX ix_reading_assignment_edition_id ON reading_assignment (edition_id);
CREATE INDEX ix_reading_assignment_session_id ON reading_assignment (session_id);
CREATE TABLE register (
	session_id INTEGER NOT NULL, 
	closed_at DATETIME, 
	closed_by VARCHAR, 
	head_count INTEGER, 
	CONSTRAINT pk_register PRIMARY KEY (session_id), 
	CONSTRAINT fk_register_session_id FOREIGN KEY(session_id) REFERENCES session (id)
)
 WITHOUT ROWID

;
CREATE TABLE register_change (
	session_id INTEGER NOT NULL, 
	participation_id INTEGER, 
	what VARCHAR NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR NOT NULL, 
	old VARCHAR, 
	new VARCHAR, 
	reason VARCHAR, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_register_change_session_id FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_register_change_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id)
);
CREATE INDEX ix_register_change_session_id ON register_change (session_id);
CREATE INDEX ix_register_change_participation_id ON register_change (participation_id);
CREATE TABLE scan (
	session_id INTEGER NOT NULL, 
	participation_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	kind VARCHAR NOT NULL, 
	desk VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_scan_session_id FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_scan_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id)
);
CREATE INDEX ix_scan_session_id ON scan (session_id);
CREATE INDEX ix_scan_participation_id ON scan (participation_id);
CREATE TABLE score (
	application_id INTEGER NOT NULL, 
	scale_id INTEGER NOT NULL, 
	"by" VARCHAR NOT NULL, 
	points INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_score_application_id_scale_id_by UNIQUE (application_id, scale_id, "by"), 
	CONSTRAINT fk_score_application_id FOREIGN KEY(application_id) REFERENCES application (id), 
	CONSTRAINT fk_score_scale_id FOREIGN KEY(scale_id) REFERENCES score_scale (id)
);
CREATE INDEX ix_score_scale_id ON score (scale_id);
CREATE INDEX ix_score_application_id ON score (application_id);
CREATE TABLE session_group (
	session_id INTEGER NOT NULL, 
	language VARCHAR, 
	delegation_id INTEGER, 
	room_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_session_group_session_id FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_session_group_delegation_id FOREIGN KEY(delegation_id) REFERENCES delegation (id), 
	CONSTRAINT fk_session_group_room_id FOREIGN KEY(room_id) REFERENCES room (id)
);
CREATE INDEX ix_session_group_session_id ON session_group (session_id);
CREATE INDEX ix_session_group_delegation_id ON session_group (delegation_id);
CREATE INDEX ix_session_group_room_id ON session_group (room_id);
CREATE TABLE session_step (
	session_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	step VARCHAR(40), 
	from_state VARCHAR(40), 
	reason VARCHAR(1000), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_session_step_session_id FOREIGN KEY(session_id) REFERENCES session (id)
);
CREATE INDEX ix_session_step_session_id ON session_step (session_id);
CREATE TABLE speaker (
	session_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	since DATETIME, 
	CONSTRAINT uq_speaker_session_id_person_id UNIQUE (session_id, person_id), 
	CONSTRAINT fk_speaker_session_id FOREIGN KEY(session_id) REFERENCES session (id), 
	CONSTRAINT fk_speaker_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_speaker_session_id ON speaker (session_id);
CREATE INDEX ix_speaker_person_id ON speaker (person_id);
CREATE TABLE stay (
	participation_id INTEGER NOT NULL, 
	arrival DATETIME NOT NULL, 
	departure DATETIME NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_stay_participation_id FOREIGN KEY(participation_id) REFERENCES participation (id)
);
CREATE INDEX ix_stay_participation_id ON stay (participation_id);
CREATE TABLE subsidy_part (
	subsidy_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	amount_currency VARCHAR(3) NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_subsidy_part_subsidy_id FOREIGN KEY(subsidy_id) REFERENCES subsidy (id)
);
CREATE INDEX ix_subsidy_part_subsidy_id ON subsidy_part (subsidy_id);
CREATE TABLE subsidy_payment (
	subsidy_id INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	amount_currency VARCHAR(3) NOT NULL, 
	paid_as_minor BIGINT, 
	paid_as_currency VARCHAR(3), 
	rate VARCHAR(40), 
	rate_base VARCHAR, 
	rate_date DATE, 
	rate_source VARCHAR, 
	signed_receipt BOOLEAN, 
	state VARCHAR, 
	blanks JSON NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_subsidy_payment_subsidy_id FOREIGN KEY(subsidy_id) REFERENCES subsidy (id)
);
CREATE INDEX ix_subsidy_payment_subsidy_id ON subsidy_payment (subsidy_id);
CREATE TABLE subsidy_step (
	subsidy_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	step VARCHAR(40), 
	from_state VARCHAR(40), 
	reason VARCHAR(1000), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_subsidy_step_subsidy_id FOREIGN KEY(subsidy_id) REFERENCES subsidy (id)
);
CREATE INDEX ix_subsidy_step_subsidy_id ON subsidy_step (subsidy_id);
CREATE TABLE travel_claim (
	code VARCHAR NOT NULL, 
	gathering_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	subsidy_id INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	claimed_minor BIGINT, 
	claimed_currency VARCHAR(3), 
	approved_minor BIGINT, 
	approved_currency VARCHAR(3), 
	cap_minor BIGINT, 
	cap_currency VARCHAR(3), 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_travel_claim_gathering_id_code UNIQUE (gathering_id, code), 
	CONSTRAINT fk_travel_claim_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id), 
	CONSTRAINT fk_travel_claim_person_id FOREIGN KEY(person_id) REFERENCES person (id), 
	CONSTRAINT fk_travel_claim_subsidy_id FOREIGN KEY(subsidy_id) REFERENCES subsidy (id)
);
CREATE INDEX ix_travel_claim_subsidy_id ON travel_claim (subsidy_id);
CREATE INDEX ix_travel_claim_gathering_id ON travel_claim (gathering_id);
CREATE INDEX ix_travel_claim_person_id ON travel_claim (person_id);
CREATE TABLE arrival_item (
	arrival_id INTEGER NOT NULL, 
	item VARCHAR NOT NULL, 
	detail VARCHAR, 
	returned_at DATETIME, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_arrival_item_arrival_id_item UNIQUE (arrival_id, item), 
	CONSTRAINT fk_arrival_item_arrival_id FOREIGN KEY(arrival_id) REFERENCES arrival (id)
);
CREATE INDEX ix_arrival_item_arrival_id ON arrival_item (arrival_id);
CREATE TABLE claim_line (
	claim_id INTEGER NOT NULL, 
	what VARCHAR NOT NULL, 
	date DATE NOT NULL, 
	paid_minor BIGINT NOT NULL, 
	paid_currency VARCHAR(3) NOT NULL, 
	value_minor BIGINT NOT NULL, 
	value_currency VARCHAR(3) NOT NULL, 
	receipt BOOLEAN NOT NULL, 
	boarding_pass BOOLEAN, 
	rejected BOOLEAN NOT NULL, 
	blanks JSON NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, rate VARCHAR(40), rate_source VARCHAR, version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT fk_claim_line_claim_id FOREIGN KEY(claim_id) REFERENCES travel_claim (id)
);
CREATE INDEX ix_claim_line_claim_id ON claim_line (claim_id);
CREATE TABLE claim_step (
	claim_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	state VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	"by" VARCHAR(80) NOT NULL, 
	step VARCHAR(40), 
	from_state VARCHAR(40), 
	reason VARCHAR(1000), 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_claim_step_claim_id FOREIGN KEY(claim_id) REFERENCES travel_claim (id)
);
CREATE INDEX ix_claim_step_claim_id ON claim_step (claim_id);
CREATE TABLE interpreter_duty (
	interpretation_id INTEGER NOT NULL, 
	person_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	since DATETIME, 
	CONSTRAINT fk_interpreter_duty_interpretation_id FOREIGN KEY(interpretation_id) REFERENCES interpretation (id), 
	CONSTRAINT fk_interpreter_duty_person_id FOREIGN KEY(person_id) REFERENCES person (id)
);
CREATE INDEX ix_interpreter_duty_interpretation_id ON interpreter_duty (interpretation_id);
CREATE INDEX ix_interpreter_duty_person_id ON interpreter_duty (person_id);
CREATE VIRTUAL TABLE person_search USING fts5(search, content='person', content_rowid='id', prefix='1 2 3', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
CREATE TRIGGER person_search_insert AFTER INSERT ON person BEGIN INSERT INTO person_search(rowid, search) VALUES (new.id, new.search); END;
CREATE TRIGGER person_search_delete AFTER DELETE ON person BEGIN INSERT INTO person_search(person_search, rowid, search) VALUES ('delete', old.id, old.search); END;
CREATE TRIGGER person_search_update AFTER UPDATE OF search ON person BEGIN INSERT INTO person_search(person_search, rowid, search) VALUES ('delete', old.id, old.search); INSERT INTO person_search(rowid, search) VALUES (new.id, new.search); END;
CREATE TABLE application_answer (
	application_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	question VARCHAR NOT NULL, 
	answer VARCHAR NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_application_answer_application_id FOREIGN KEY(application_id) REFERENCES application (id)
);
CREATE INDEX ix_application_answer_application_id ON application_answer (application_id);
CREATE TABLE application_doubt (
	application_id INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	field VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	suggestion VARCHAR, 
	settled_at DATETIME, 
	settled_by VARCHAR, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_application_doubt_application_id FOREIGN KEY(application_id) REFERENCES application (id)
);
CREATE INDEX ix_application_doubt_application_id ON application_doubt (application_id);
CREATE TABLE "blocked_time" (
	gathering_id INTEGER NOT NULL, 
	date DATE, 
	start TIME NOT NULL, 
	"end" TIME NOT NULL, 
	why VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	weekday INTEGER, 
	version INTEGER DEFAULT '1' NOT NULL, 
	CONSTRAINT fk_blocked_time_gathering_id FOREIGN KEY(gathering_id) REFERENCES gathering (id)
);
CREATE INDEX ix_blocked_time_gathering_id ON blocked_time (gathering_id);
CREATE TABLE fund_income (
	fund_id INTEGER NOT NULL, 
	amount_minor BIGINT NOT NULL, 
	amount_currency VARCHAR(3) NOT NULL, 
	giver VARCHAR NOT NULL, 
	date DATE, 
	earmark VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT fk_fund_income_fund_id FOREIGN KEY(fund_id) REFERENCES fund (id)
);
CREATE INDEX ix_fund_income_fund_id ON fund_income (fund_id);
CREATE TABLE centre (
	code VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	country VARCHAR NOT NULL, 
	tz VARCHAR NOT NULL, 
	currency VARCHAR NOT NULL, 
	languages JSON NOT NULL, 
	address VARCHAR NOT NULL, 
	city VARCHAR NOT NULL, 
	mailbox_name VARCHAR NOT NULL, 
	mailbox_address VARCHAR NOT NULL, 
	retention INTEGER, 
	version INTEGER NOT NULL, 
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	CONSTRAINT uq_centre_code UNIQUE (code)
);
INSERT INTO alembic_version VALUES ('0008');
