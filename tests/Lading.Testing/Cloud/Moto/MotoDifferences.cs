using System.Text;
using Microsoft.AspNetCore.Http;

namespace Lading.Testing.Cloud.Moto;

/// <summary>Where moto's CloudFormation differs from AWS's, and what makes up for it.</summary>
internal static class MotoDifferences
{
    /// <summary>The answer given in place of moto's, to any caller; null if moto answers.</summary>
    public static MotoAnswer? FindAnswer(AwsCall call) =>
        call switch
        {
            // moto fails if there is no such change set; CloudFormation does not mind.
            { Operation: "DeleteChangeSet" } => MotoAnswer.Xml(
                200,
                "<DeleteChangeSetResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><DeleteChangeSetResult/></DeleteChangeSetResponse>"
            ),
            // moto has none; real events appear minutes after the calls.
            { Service: "cloudtrail" } => MotoAnswer.Json(200, """{"Events":[]}"""),
            _ => null,
        };

    /// <summary>
    /// Replaces <c>UsePreviousValue</c> of the bootstrap version by its default, which CloudFormation remembers and
    /// moto does not.
    /// </summary>
    public static async Task GiveBootstrapVersionAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var form = (await reader.ReadToEndAsync()).Split('&').ToList();
        var key = form.Find(pair => pair.EndsWith("ParameterKey=BootstrapVersion", StringComparison.Ordinal));
        if (key is not null)
        {
            var member = key[..key.LastIndexOf('.')];
            form.RemoveAll(pair => pair.StartsWith($"{member}.UsePreviousValue=", StringComparison.Ordinal));
            if (!form.Exists(pair => pair.StartsWith($"{member}.ParameterValue=", StringComparison.Ordinal)))
            {
                form.Add($"{member}.ParameterValue=%2Fcdk-bootstrap%2Fhnb659fds%2Fversion");
            }
        }

        var body = Encoding.UTF8.GetBytes(string.Join('&', form));
        request.Body = new MemoryStream(body);
        request.ContentLength = body.Length;
    }
}
