package io.fairlead.enterprise.file;

/** Whether the bytes of a file are sealed for the customer's own key: then we keep them and cannot open them. */
public enum Protection {
    NONE,
    /** CMS AuthEnvelopedData (RFC 5083). */
    CMS
}
