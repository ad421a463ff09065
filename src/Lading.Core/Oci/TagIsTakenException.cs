namespace Lading.Oci;

/// <summary>An immutable tag already points to another digest.</summary>
internal sealed class TagIsTakenException(Tag tag, Digest? current)
    : Exception($"Tag {tag} is immutable and exists already{(current is { } digest ? $" by {digest}" : "")}.")
{
    public Tag Tag { get; } = tag;

    /// <summary>Its digest, if the registry returned it.</summary>
    public Digest? Current { get; } = current;
}
