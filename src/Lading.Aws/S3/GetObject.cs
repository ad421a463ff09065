using System.Text;

namespace Lading.Aws.S3;

/// <summary>s3:GetObject: the text of a template.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's name.</param>
/// <param name="Owner">The account that must own the bucket; null for any.</param>
internal sealed record GetObject(string Bucket, string Key, string? Owner)
    : S3Operation<string>(HttpMethod.Get, Bucket, Key, Owner)
{
    public override string Attempted => $"Could not read {Key} of bucket {Bucket}";

    public override IReadOnlyCollection<string> Expected => ["NoSuchKey", "NoSuchBucket"];

    public override string Read(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);
}
