-- From the first read on, all that is read is of one moment.
BEGIN;
