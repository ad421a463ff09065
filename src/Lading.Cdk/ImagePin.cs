namespace Lading.Cdk;

/// <summary>How a template refers to an image.</summary>
public enum ImagePin
{
    /// <summary><c>repository@sha256:…</c>, from the lock of the environment.</summary>
    Digest,

    /// <summary>
    /// <c>repository:src-…</c>, the source tag of the image at <c>HEAD</c>: computed from git, without a lock. The tag must be
    /// immutable in the registry, which <c>lading check</c> verifies.
    /// </summary>
    SourceTag,

    /// <summary>
    /// <c>repository:&lt;alias&gt;</c>, the first of the <c>aliases</c> in <c>lading.json</c> with <c>{commit}</c>, for <c>HEAD</c>,
    /// without a lock. Every commit gives a different template. The tag must be immutable in the registry, which <c>lading check</c>
    /// verifies.
    /// </summary>
    CommitTag,
}
