using System.Text;
using System.Xml.Linq;

namespace Lading.Aws.Sts;

/// <summary>sts:GetCallerIdentity: the account that credentials belong to. Everybody may ask.</summary>
internal sealed record GetCallerIdentity : IAwsOperation<string>
{
    public AwsService Service => AwsService.Sts;

    public string Name => "GetCallerIdentity";

    public string Attempted => "Could not find out which AWS account the credentials belong to";

    public byte[] Body() => "Action=GetCallerIdentity&Version=2011-06-15"u8.ToArray();

    public string Read(ReadOnlyMemory<byte> body) =>
        XDocument
            .Parse(Encoding.UTF8.GetString(body.Span))
            .Descendants()
            .FirstOrDefault(element => element.Name.LocalName == "Account")
            ?.Value
        ?? throw new LadingException(Attempted, "the answer names no account");
}
