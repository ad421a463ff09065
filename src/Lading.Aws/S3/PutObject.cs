using System.Text;

namespace Lading.Aws.S3;

/// <summary>s3:PutObject of a template.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Key">The object's name.</param>
/// <param name="Owner">The account that must own the bucket.</param>
/// <param name="Text">The template.</param>
internal sealed record PutObject(string Bucket, string Key, string Owner, string Text)
    : S3Operation<bool>(HttpMethod.Put, Bucket, Key, Owner)
{
    public override string Attempted => $"Could not write the template to bucket {Bucket}";

    protected override byte[] Body => Encoding.UTF8.GetBytes(Text);

    public override bool Read(ReadOnlyMemory<byte> body) => true;
}
