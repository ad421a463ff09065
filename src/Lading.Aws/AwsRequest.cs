using System.Text;

namespace Lading.Aws;

/// <summary>The request of an operation, without address and signature.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path with its segments escaped, beginning with a slash.</param>
/// <param name="ContentType">The type of the body; null if there is none.</param>
/// <param name="Body">The body.</param>
internal sealed record AwsRequest(HttpMethod Method, string Path, string? ContentType, byte[] Body)
{
    /// <summary>The query parameters, unescaped.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The operation's own headers, by lower-case name.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The value of <c>X-Amz-Target</c>; null for none.</summary>
    public string? Target { get; init; }

    /// <summary>The query as it is sent and signed: sorted by name, then value (Signature Version 4, "canonical query string").</summary>
    public string CanonicalQuery =>
        string.Join(
            '&',
            Query
                .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}")
                .Order(StringComparer.Ordinal)
        );

    /// <summary>The path as it is signed: each segment escaped once more.</summary>
    public string CanonicalPath(Uri root)
    {
        var whole = AddressAt(root).AbsolutePath;
        var canonical = new StringBuilder();
        foreach (var segment in whole.Split('/'))
        {
            canonical.Append('/').Append(Uri.EscapeDataString(segment));
        }

        return canonical.ToString(1, canonical.Length - 1);
    }

    /// <summary>The address that it is sent to.</summary>
    public Uri AddressAt(Uri root) =>
        new($"{root.AbsoluteUri.TrimEnd('/')}{Path}{(Query.Count > 0 ? $"?{CanonicalQuery}" : "")}");
}
