using System.Text.Json.Nodes;

namespace Lading.Testing.Cloud.Moto;

/// <summary>Asks moto, as an account, what its CloudFormation has created.</summary>
/// <param name="moto">Calls moto as that account.</param>
/// <param name="account">12 digits.</param>
internal sealed class MotoCloudFormation(MotoClient moto, string account)
{
    /// <summary>The services of its stacks, with the task definition that their stack names now.</summary>
    public async Task<IReadOnlyList<MotoWorkload>> ReadServicesAsync(CancellationToken cancellationToken)
    {
        var services = new List<MotoWorkload>();
        var stacks = await moto.AskStacksAsync("DescribeStacks", [], cancellationToken);
        foreach (var stack in MotoClient.Members(stacks, "Stacks"))
        {
            var id = MotoClient.TextOf(stack, "StackId");
            var template = await moto.ReadTemplateAsync(id, cancellationToken);
            if (
                !template.Contains("AWS::ECS::Service", StringComparison.Ordinal)
                || JsonNode.Parse(template)?["Resources"] is not JsonObject resources
            )
            {
                continue;
            }

            var made = MotoClient
                .Members(
                    await moto.AskStacksAsync("ListStackResources", [("StackName", id)], cancellationToken),
                    "StackResourceSummaries"
                )
                // moto loses the names of resources that it cannot update.
                .Where(each => MotoClient.TextOf(each, "LogicalResourceId").Length > 0)
                .ToDictionary(
                    each => MotoClient.TextOf(each, "LogicalResourceId"),
                    each => MotoClient.TextOf(each, "PhysicalResourceId"),
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

    /// <summary>
    /// By container, from the template: moto forgets the containers of a task definition that was updated.
    /// </summary>
    private Dictionary<string, string> ImagesOf(JsonNode definition) =>
        definition["Properties"]!["ContainerDefinitions"]!
            .AsArray()
            .ToDictionary(each => $"{each!["Name"]}", each => TextOf(each!["Image"]), StringComparer.Ordinal);

    /// <summary>
    /// A string, or an <c>Fn::Join</c> of strings and the pseudo parameters for account, region and URL suffix.
    /// </summary>
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
}

/// <summary>A service that moto's CloudFormation has created.</summary>
/// <param name="Arn">The ARN of the service.</param>
/// <param name="Definition">The ARN of the task definition that its stack has now.</param>
/// <param name="Images">The images of that task definition, by container.</param>
/// <param name="Stack">The ARN of the stack.</param>
/// <param name="Desired">The desired number of tasks.</param>
/// <param name="HasBreaker">Whether its circuit breaker is on.</param>
internal sealed record MotoWorkload(
    string Arn,
    string Definition,
    IReadOnlyDictionary<string, string> Images,
    string Stack,
    int Desired,
    bool HasBreaker
);
