namespace Lading.Oci;

/// <summary>The name of a manifest inside a repository: a tag or a digest.</summary>
internal readonly record struct ManifestReference
{
    private ManifestReference(Tag? tag, Digest? digest)
    {
        Tag = tag;
        Digest = digest;
    }

    public Tag? Tag { get; }

    public Digest? Digest { get; }

    public static implicit operator ManifestReference(Tag tag) => new(tag, null);

    public static implicit operator ManifestReference(Digest digest) => new(null, digest);

    /// <summary>Parses a digest if the text has a colon, otherwise a tag.</summary>
    public static bool TryParse(string? text, out ManifestReference reference)
    {
        if (Oci.Digest.TryParse(text, out var digest))
        {
            reference = digest;
            return true;
        }

        var isTag = Oci.Tag.TryParse(text, out var tag);
        reference = isTag ? tag : default;
        return isTag;
    }

    public override string ToString() => Tag?.ToString() ?? Digest?.ToString() ?? "";
}
