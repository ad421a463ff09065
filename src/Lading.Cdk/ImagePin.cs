namespace Lading.Cdk;

/// <summary>How a template names an image.</summary>
public enum ImagePin
{
    /// <summary><c>repository@sha256:…</c>, from the lock of the environment.</summary>
    Digest,

    /// <summary>
    /// <c>repository:src-…</c>, the tag that the image's inputs at <c>HEAD</c> give: computed from git, with no lock.
    /// The tag must be immutable in the registry, which <c>lading check</c> verifies.
    /// </summary>
    SourceTag,

    /// <summary>
    /// <c>repository:&lt;alias&gt;</c>, the first of the <c>aliases</c> of <c>lading.json</c> that holds <c>{commit}</c>, for <c>HEAD</c>: with no lock.
    /// Every commit gives another template. The tag must be immutable in the registry, which <c>lading check</c> verifies.
    /// </summary>
    CommitTag,
}
