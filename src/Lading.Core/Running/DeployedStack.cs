using System.Text.Json;
using Lading.Checking.Templates;
using Lading.Configuration;
using Lading.Running.Evidence;

namespace Lading.Running;

/// <summary>A deployed stack whose template is evaluated with its parameters, exports and physical ids.</summary>
internal sealed class DeployedStack : ITemplateSurroundings
{
    // The value that CloudFormation returns for a parameter with NoEcho.
    private const string Hidden = "****";

    private readonly EnvironmentEvidence evidence;
    private readonly JsonElement template;

    public DeployedStack(EnvironmentEvidence evidence, StackEvidence stack)
    {
        this.evidence = evidence;
        Stack = stack;
        template = stack.Template ?? default;
        Environment = new StackEnvironment(evidence.Account, evidence.Region);
        Values = new TemplateValues(template, this);
    }

    public StackEvidence Stack { get; }

    public TemplateValues Values { get; }

    public StackEnvironment Environment { get; }

    public string? StackName => Stack.Name;

    /// <summary>The stack itself if it is a top-level stack, otherwise the one it is nested in.</summary>
    public StackEvidence Top => StackNesting.TopOf(Stack, evidence.Stacks);

    /// <summary>The resources of the template with their types, by logical id; those excluded by a condition have no physical id.</summary>
    public IEnumerable<(string LogicalId, string Type, JsonElement Properties)> Resources =>
        JsonMembers.TryGet(template, out var resources, "Resources")
            ? JsonMembers
                .MembersOf(resources)
                .Where(IsDeployed)
                .Select(resource =>
                    (
                        resource.Name,
                        resource.Value.FindText("Type") ?? "",
                        JsonMembers.TryGet(resource.Value, out var properties, "Properties") ? properties : default
                    )
                )
            : [];

    /// <summary>
    /// The resource that CloudFormation created; null if it created none, or the resources were not read.
    /// </summary>
    public StackResource? FindResource(string logicalId) => Stack.Resources?.GetValueOrDefault(logicalId);

    public string? FindDeployed(string name) =>
        Stack.Parameters.GetValueOrDefault(name) is { } value && value != Hidden ? value
        : FindResource(name)?.PhysicalId is { Length: > 0 } physical ? physical
        : null;

    public Resolved? FindArgument(string parameter, Evaluation evaluation) =>
        Resolved.Unknown($"the value of parameter {parameter} is not shown");

    public Resolved? FindExport(string name, Evaluation evaluation) =>
        evidence.Exports.GetValueOrDefault(name) is { } value ? Resolved.To(value) : null;

    public Resolved? FindNestedOutput(string logicalId, JsonElement resource, string output, Evaluation evaluation)
    {
        var id = FindResource(logicalId)?.PhysicalId;
        var nested = evidence.Stacks.FirstOrDefault(stack => stack.Id == id);
        return nested?.Outputs.GetValueOrDefault(output) is { } value ? Resolved.To(value) : null;
    }

    private bool IsDeployed(JsonProperty resource) =>
        !JsonMembers.TryGet(resource.Value, out _, "Condition")
        || Stack.Resources is null
        || Stack.Resources.ContainsKey(resource.Name);
}
