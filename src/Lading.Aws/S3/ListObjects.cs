using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Lading.Aws.S3;

/// <summary>s3:ListBucket, by ListObjectsV2: the objects of a bucket, a thousand a page.</summary>
/// <param name="Bucket">The bucket's name.</param>
/// <param name="Owner">The account that must own the bucket.</param>
/// <param name="Next">The token of a page; null for the first.</param>
internal sealed record ListObjects(string Bucket, string Owner, string? Next)
    : S3Operation<AwsPage<StoredObject>>(HttpMethod.Get, Bucket, "", Owner)
{
    public override string Attempted => $"Could not list bucket {Bucket}";

    public override IReadOnlyCollection<string> Expected => ["NoSuchBucket"];

    protected override IReadOnlyList<KeyValuePair<string, string>> Query =>
        [
            new("list-type", "2"),
            .. Next is null ? Enumerable.Empty<KeyValuePair<string, string>>() : [new("continuation-token", Next)],
        ];

    public override AwsPage<StoredObject> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var reader = XmlReader.Create(
                new MemoryStream(body.ToArray()),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null }
            );
            var root = XDocument.Load(reader).Root!;
            return new AwsPage<StoredObject>(
                [
                    .. root.Elements()
                        .Where(element => element.Name.LocalName == "Contents")
                        .Select(element => new StoredObject(
                            Text(element, "Key"),
                            long.Parse(Text(element, "Size"), CultureInfo.InvariantCulture)
                        )),
                ],
                Text(root, "NextContinuationToken") is { Length: > 0 } next ? next : null
            );
        }
        catch (XmlException e)
        {
            throw new FormatException("S3 answered ListObjectsV2 with something else", e);
        }
    }

    private static string Text(XElement element, string name) =>
        element.Elements().FirstOrDefault(child => child.Name.LocalName == name)?.Value ?? "";
}

/// <summary>An object in a bucket.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Size">Its size in bytes.</param>
internal sealed record StoredObject(string Key, long Size);
