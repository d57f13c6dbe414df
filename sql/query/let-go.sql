-- Each statement that follows sees the database as it is then.
COMMIT;
