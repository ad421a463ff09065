namespace Lading.Aws.S3;

/// <summary>An operation on a bucket. The bucket's name is in the path, so that any name works.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's name; empty for the bucket itself.</param>
/// <param name="Owner">The account that must own the bucket; null for any.</param>
internal abstract record S3Operation<T>(HttpMethod Method, string Bucket, string Key, string? Owner) : IAwsOperation<T>
{
    public AwsService Service => AwsService.S3;

    public string Name => GetType().Name;

    public abstract string Attempted { get; }

    public virtual IReadOnlyCollection<string> Expected => [];

    public AwsRequest CreateRequest() =>
        new(
            Method,
            $"/{Bucket}{string.Concat(Key.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => $"/{Uri.EscapeDataString(part)}"))}",
            Body.Length > 0 ? "application/json" : null,
            Body
        )
        {
            Query = Query,
            // Somebody else could have created a bucket with this name (Amazon S3 user guide, "Verifying bucket ownership").
            Headers = Owner is null
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : new Dictionary<string, string>(StringComparer.Ordinal) { ["x-amz-expected-bucket-owner"] = Owner },
        };

    public abstract T Read(ReadOnlyMemory<byte> body);

    /// <summary>The body; empty for none.</summary>
    protected virtual byte[] Body => [];

    /// <summary>The query parameters, unescaped.</summary>
    protected virtual IReadOnlyList<KeyValuePair<string, string>> Query => [];
}
