using System.Xml;

namespace Lading.Aws.Sts;

/// <summary>Asks whose the credentials are. STS answers that to anybody; no permission is needed.</summary>
internal sealed record GetCallerIdentity : IAwsOperation<CallerIdentity>
{
    public AwsService Service => AwsService.Sts;

    public string Name => "GetCallerIdentity";

    public string Attempted => "Could not ask which account these credentials are of";

    public byte[] Body() => "Action=GetCallerIdentity&Version=2011-06-15"u8.ToArray();

    public CallerIdentity Read(ReadOnlyMemory<byte> body)
    {
        var (account, arn) = ((string?)null, (string?)null);
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray()));
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Account")
                {
                    account = reader.ReadElementContentAsString();
                }

                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Arn")
                {
                    arn = reader.ReadElementContentAsString();
                }
            }
        }
        catch (XmlException e)
        {
            throw new FormatException("STS answered with something that is no XML", e);
        }

        return account is null
            ? throw new FormatException("STS answered without an account")
            : new CallerIdentity(account, arn ?? "");
    }
}
