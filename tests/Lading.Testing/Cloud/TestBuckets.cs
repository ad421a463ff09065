using System.Xml.Linq;

namespace Lading.Testing.Cloud;

/// <summary>
/// A stand-in for S3 with path-style addresses (Amazon S3 API reference, GetObject, PutObject, ListObjectsV2).
/// </summary>
/// <param name="account">The owner of all buckets.</param>
internal sealed class TestBuckets(string account)
{
    private static readonly XNamespace Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    /// <summary>The objects, by bucket and key.</summary>
    public Dictionary<(string Bucket, string Key), string> Objects { get; } = [];

    /// <summary>The names of the buckets.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>The object at an S3 address; null if there is none.</summary>
    public string? Find(string address)
    {
        var path = new Uri(address).AbsolutePath[1..];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return Objects.GetValueOrDefault((path[..slash], path[(slash + 1)..]));
    }

    /// <summary>The operation of a request, as policies name it.</summary>
    public static string OperationOf(string method, string path) =>
        method == "PUT" ? "PutObject"
        : path.Trim('/').Contains('/', StringComparison.Ordinal) ? "GetObject"
        : "ListBucket";

    /// <summary>The answer to a request.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="path">Bucket and key.</param>
    /// <param name="owner">
    /// Who must own the bucket (Amazon S3 user guide, "Verifying bucket ownership with bucket owner condition").
    /// </param>
    /// <param name="body">The object to write.</param>
    /// <param name="mayList">
    /// Whether the caller may list the bucket; if not, access to a missing object is denied (Amazon S3 API reference,
    /// GetObject).
    /// </param>
    public (int Status, string Body) Answer(string method, string path, string? owner, string body, bool mayList)
    {
        var parts = Uri.UnescapeDataString(path).Trim('/').Split('/', 2);
        if (!Names.Contains(parts[0]))
        {
            return (404, Error("NoSuchBucket"));
        }

        if (owner is not null && owner != account)
        {
            return (403, Error("AccessDenied"));
        }

        switch (OperationOf(method, path))
        {
            case "PutObject":
                Objects[(parts[0], parts[1])] = body;
                return (200, "");
            case "GetObject":
                return Objects.TryGetValue((parts[0], parts[1]), out var found) ? (200, found)
                    : mayList ? (404, Error("NoSuchKey"))
                    : (403, Error("AccessDenied"));
            default:
                var list = new XElement(
                    Namespace + "ListBucketResult",
                    Objects
                        .Where(each => each.Key.Bucket == parts[0])
                        .OrderBy(each => each.Key.Key, StringComparer.Ordinal)
                        .Select(each => new XElement(
                            Namespace + "Contents",
                            new XElement(Namespace + "Key", each.Key.Key),
                            new XElement(Namespace + "Size", System.Text.Encoding.UTF8.GetByteCount(each.Value))
                        ))
                );
                return (200, list.ToString());
        }
    }

    private static string Error(string code) =>
        $"<Error><Code>{code}</Code><Message>It is not there, or not yours.</Message></Error>";
}
