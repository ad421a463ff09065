using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Lading.Testing.Cloud;

/// <summary>Asks moto, as an account, what its CloudFormation made.</summary>
/// <param name="moto">Where it is.</param>
/// <param name="http">Speaks to it.</param>
/// <param name="account">12 digits.</param>
/// <param name="accessKey">The account's.</param>
internal sealed class MotoCloudFormation(Uri moto, HttpClient http, string account, string accessKey)
{
    /// <summary>The services of its stacks, with the task definition that their stack names now.</summary>
    public async Task<IReadOnlyList<MotoWorkload>> ReadServicesAsync(CancellationToken cancellationToken)
    {
        var services = new List<MotoWorkload>();
        var stacks = await AskAsync("DescribeStacks", null, cancellationToken);
        foreach (var stack in Members(stacks, "Stacks"))
        {
            var id = Text(stack, "StackId");
            var template = Text((await AskAsync("GetTemplate", id, cancellationToken)).Root!, "TemplateBody");
            if (
                !template.Contains("AWS::ECS::Service", StringComparison.Ordinal)
                || JsonNode.Parse(template)?["Resources"] is not JsonObject resources
            )
            {
                continue;
            }

            var made = Members(await AskAsync("ListStackResources", id, cancellationToken), "StackResourceSummaries")
                // moto loses the names of resources that it cannot update.
                .Where(each => Text(each, "LogicalResourceId").Length > 0)
                .ToDictionary(
                    each => Text(each, "LogicalResourceId"),
                    each => Text(each, "PhysicalResourceId"),
                    StringComparer.Ordinal
                );
            services.AddRange(
                from resource in resources
                where $"{resource.Value!["Type"]}" == "AWS::ECS::Service"
                let properties = resource.Value!["Properties"]!
                let definition = $"{properties["TaskDefinition"]!["Ref"]}"
                where made.ContainsKey(resource.Key) && made.ContainsKey(definition)
                select new MotoWorkload(
                    made[resource.Key],
                    made[definition],
                    ImagesOf(resources[definition]!),
                    id,
                    (int?)properties["DesiredCount"] ?? 1,
                    (bool?)properties["DeploymentConfiguration"]?["DeploymentCircuitBreaker"]?["Enable"] ?? false
                )
            );
        }

        return services;
    }

    /// <summary>By container, from the template: of a task definition that was updated moto forgets the containers.</summary>
    private Dictionary<string, string> ImagesOf(JsonNode definition) =>
        definition["Properties"]!["ContainerDefinitions"]!
            .AsArray()
            .ToDictionary(each => $"{each!["Name"]}", each => TextOf(each!["Image"]), StringComparer.Ordinal);

    /// <summary>A text, or one that <c>Fn::Join</c> puts together with what AWS calls account, region and domain.</summary>
    private string TextOf(JsonNode? value) =>
        value is JsonValue ? $"{value}"
        : value?["Fn::Join"]?[1] is JsonArray parts ? string.Concat(parts.Select(TextOf))
        : $"{value?["Ref"]}" switch
        {
            "AWS::AccountId" => account,
            "AWS::Region" => TestCloud.Region,
            "AWS::URLSuffix" => "amazonaws.com",
            var other => $"?{other}",
        };

    private async Task<XDocument> AskAsync(string operation, string? stack, CancellationToken cancellationToken)
    {
        using var request = Request();
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Action"] = operation,
            ["Version"] = "2010-05-15",
        };
        if (stack is not null)
        {
            form["StackName"] = stack;
        }

        request.Content = new FormUrlEncodedContent(form);
        using var answer = await http.SendAsync(request, cancellationToken);
        return XDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
    }

    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, moto);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"AWS4-HMAC-SHA256 Credential={accessKey}/20260101/{TestCloud.Region}/cloudformation/aws4_request, SignedHeaders=host, Signature=0"
        );
        return request;
    }

    private static IEnumerable<XElement> Members(XDocument document, string list) =>
        document
            .Descendants()
            .Where(each => each.Name.LocalName == list)
            .SelectMany(each => each.Elements())
            .Where(each => each.Name.LocalName == "member");

    private static string Text(XElement element, string name) =>
        element.Descendants().FirstOrDefault(each => each.Name.LocalName == name)?.Value ?? "";
}

/// <summary>A service that moto's CloudFormation made.</summary>
/// <param name="Arn">Its own.</param>
/// <param name="Definition">The ARN of the task definition that its stack has now.</param>
/// <param name="Images">Those of that, by container.</param>
/// <param name="Stack">The ARN of the stack.</param>
/// <param name="Desired">Tasks.</param>
/// <param name="HasBreaker">Whether its circuit breaker is on.</param>
internal sealed record MotoWorkload(
    string Arn,
    string Definition,
    IReadOnlyDictionary<string, string> Images,
    string Stack,
    int Desired,
    bool HasBreaker
);
