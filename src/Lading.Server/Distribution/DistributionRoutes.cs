using Lading.Oci;

namespace Lading.Server.Distribution;

/// <summary>
/// Finds the endpoint of a method and path (distribution-spec 1.1, "Endpoints"). A repository's name has slashes, so paths are parsed
/// from their end.
/// </summary>
internal static class DistributionRoutes
{
    private const string Root = "/v2/";

    /// <exception cref="DistributionException">No endpoint has the path or supports the method, or the name is invalid.</exception>
    public static IEndpoint Get(string method, string path)
    {
        if (path is "/v2" or Root)
        {
            return ReadOnly(method, new CheckVersionEndpoint());
        }

        var parts = path.StartsWith(Root, StringComparison.Ordinal) ? path[Root.Length..].Split('/') : [];
        return parts switch
        {
            ["_catalog"] => ReadOnly(method, new ListRepositoriesEndpoint()),
            [.. var name, "tags", "list"] => ReadOnly(method, new ListTagsEndpoint(NameOf(name))),
            [.. var name, "referrers", var digest] => ReadOnly(
                method,
                new ListReferrersEndpoint(NameOf(name), DistributionException.DigestOf(digest))
            ),
            [.. var name, "manifests", var reference] => OfManifest(method, NameOf(name), reference),
            [.. var name, "blobs", "uploads"] => OfUploads(method, NameOf(name)),
            [.. var name, "blobs", "uploads", ""] => OfUploads(method, NameOf(name)),
            [.. var name, "blobs", "uploads", var id] => OfUpload(method, NameOf(name), id),
            [.. var name, "blobs", var digest] => OfBlob(method, NameOf(name), DistributionException.DigestOf(digest)),
            _ => throw new DistributionException(404, "UNSUPPORTED", "there is no such endpoint", path),
        };
    }

    private static IEndpoint OfManifest(string method, RepositoryName name, string text)
    {
        if (!ManifestReference.TryParse(text, out var reference))
        {
            throw text.Contains(':', StringComparison.Ordinal)
                ? DistributionException.DigestInvalid("expected a digest of sha256 or sha512", text)
                : new DistributionException(400, "TAG_INVALID", "this is not a valid tag", text);
        }

        return method switch
        {
            "GET" or "HEAD" => new GetManifestEndpoint(name, reference),
            "PUT" => new PutManifestEndpoint(name, reference),
            "DELETE" => new DeleteManifestEndpoint(name, reference),
            _ => throw NoMethod(method),
        };
    }

    private static IEndpoint OfBlob(string method, RepositoryName name, Digest digest) =>
        method switch
        {
            "GET" or "HEAD" => new GetBlobEndpoint(name, digest),
            "DELETE" => new DeleteBlobEndpoint(name, digest),
            _ => throw NoMethod(method),
        };

    private static StartUploadEndpoint OfUploads(string method, RepositoryName name) =>
        method == "POST" ? new StartUploadEndpoint(name) : throw NoMethod(method);

    private static IEndpoint OfUpload(string method, RepositoryName name, string id) =>
        method switch
        {
            "GET" => new GetUploadEndpoint(name, id),
            "PATCH" => new AppendToUploadEndpoint(name, id),
            "PUT" => new FinishUploadEndpoint(name, id),
            "DELETE" => new CancelUploadEndpoint(name, id),
            _ => throw NoMethod(method),
        };

    private static IEndpoint ReadOnly(string method, IEndpoint endpoint) =>
        method is "GET" or "HEAD" ? endpoint : throw NoMethod(method);

    private static DistributionException NoMethod(string method) =>
        DistributionException.Unsupported($"this path does not take {method}");

    private static RepositoryName NameOf(string[] parts)
    {
        var text = string.Join('/', parts);
        return RepositoryName.TryParse(text, out var name)
            ? name
            : throw new DistributionException(400, "NAME_INVALID", "this is not a valid repository name", text);
    }
}
