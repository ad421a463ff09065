using Amazon.CDK.AWS.ECR;

namespace Lading.Cdk;

/// <summary>An image as a template names it.</summary>
public sealed class LadingImageReference
{
    internal LadingImageReference(string uri, IRepository repository, string tagOrDigest)
    {
        Uri = uri;
        Repository = repository;
        TagOrDigest = tagOrDigest;
    }

    /// <summary><c>registry/repository@sha256:…</c>; may hold tokens.</summary>
    public string Uri { get; }

    /// <summary>The repository, to grant permissions on. It is imported: grants are given to whoever pulls, not by the repository.</summary>
    public IRepository Repository { get; }

    /// <summary><c>sha256:…</c>, or the tag.</summary>
    public string TagOrDigest { get; }

    /// <inheritdoc />
    public override string ToString() => Uri;
}
