using Amazon.CDK.AWS.ECR;

namespace Lading.Cdk;

/// <summary>A reference to an image in a template.</summary>
public sealed class LadingImageReference
{
    internal LadingImageReference(string uri, IRepository repository, string tagOrDigest)
    {
        Uri = uri;
        Repository = repository;
        TagOrDigest = tagOrDigest;
    }

    /// <summary><c>registry/repository@sha256:…</c>; may contain tokens.</summary>
    public string Uri { get; }

    /// <summary>
    /// The repository, for granting permissions. It is imported: grants are added to the role that pulls, not to the repository's
    /// policy.
    /// </summary>
    public IRepository Repository { get; }

    /// <summary><c>sha256:…</c>, or the tag.</summary>
    public string TagOrDigest { get; }

    /// <inheritdoc />
    public override string ToString() => Uri;
}
