"""One edition in many forms, all made from the same contents: each module is a form, values to text or bytes."""
