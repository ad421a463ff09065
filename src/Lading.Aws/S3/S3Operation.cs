namespace Lading.Aws.S3;

/// <summary>An operation on a bucket, which its path names, so that buckets with any name can be reached.</summary>
/// <param name="Method">The method of HTTP.</param>
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
            // Somebody else could have made a bucket of this name (Amazon S3 user guide, "Verifying bucket ownership").
            Headers = Owner is null
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                : new Dictionary<string, string>(StringComparer.Ordinal) { ["x-amz-expected-bucket-owner"] = Owner },
        };

    public abstract T Read(ReadOnlyMemory<byte> body);

    /// <summary>What is sent; empty for nothing.</summary>
    protected virtual byte[] Body => [];

    /// <summary>The parameters of the query, unescaped.</summary>
    protected virtual IReadOnlyList<KeyValuePair<string, string>> Query => [];
}
