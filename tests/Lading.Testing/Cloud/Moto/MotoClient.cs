using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Lading.Testing.Cloud.Moto;

/// <summary>Calls moto itself, as an account.</summary>
/// <param name="moto">Its address.</param>
/// <param name="http">Sends the requests.</param>
/// <param name="accessKey">The account's.</param>
internal sealed class MotoClient(Uri moto, HttpClient http, string accessKey)
{
    /// <summary>Calls an operation of CloudFormation in the query protocol.</summary>
    public async Task<XDocument> AskStacksAsync(
        string operation,
        IEnumerable<(string Name, string? Value)> parameters,
        CancellationToken cancellationToken
    )
    {
        var form = parameters
            .Where(each => each.Value is not null)
            .Prepend(("Version", "2010-05-15"))
            .Prepend(("Action", operation))
            .Select(each => KeyValuePair.Create(each.Item1, each.Item2!));
        using var content = new FormUrlEncodedContent(form);
        return XDocument.Parse(await SendAsync("cloudformation", content, null, cancellationToken));
    }

    /// <summary>The template of a stack, as submitted.</summary>
    public async Task<string> ReadTemplateAsync(string stack, CancellationToken cancellationToken) =>
        TextOf(await AskStacksAsync("GetTemplate", [("StackName", stack)], cancellationToken), "TemplateBody");

    /// <summary>Calls an operation of SSM.</summary>
    public async Task<JsonNode> AskParametersAsync(
        string operation,
        JsonObject input,
        CancellationToken cancellationToken
    )
    {
        using var content = new StringContent(input.ToJsonString(), Encoding.UTF8, "application/x-amz-json-1.1");
        return JsonNode.Parse(await SendAsync("ssm", content, $"AmazonSSM.{operation}", cancellationToken))!;
    }

    /// <summary>The members of a list, wherever it is in the answer.</summary>
    public static IEnumerable<XElement> Members(XContainer answer, string list) =>
        answer
            .Descendants()
            .Where(each => each.Name.LocalName == list)
            .SelectMany(each => each.Elements())
            .Where(each => each.Name.LocalName == "member");

    /// <summary>The text of an element, wherever it is in the answer; empty if there is none.</summary>
    public static string TextOf(XContainer answer, string name) =>
        answer.Descendants().FirstOrDefault(each => each.Name.LocalName == name)?.Value ?? "";

    private async Task<string> SendAsync(
        string service,
        HttpContent content,
        string? target,
        CancellationToken cancellationToken
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, moto);
        request.Content = content;
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={accessKey}/20260101/{TestCloud.Region}/{service}/aws4_request, SignedHeaders=host, Signature=0"
        );
        if (target is not null)
        {
            request.Headers.Add("X-Amz-Target", target);
        }

        using var answer = await http.SendAsync(request, cancellationToken);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }
}
