using System.Text.RegularExpressions;

namespace Lading.Checking.Templates;

/// <summary>A resource that may name a container image in an unknown property: a custom resource, or a type that is newer than the table.</summary>
/// <param name="Stack">Its stack.</param>
/// <param name="LogicalId">Its name in the template.</param>
/// <param name="Type">Such as <c>Custom::CDKECRDeployment</c>.</param>
/// <param name="Properties">The properties that look like an image reference.</param>
internal sealed partial record UnreadResource(
    string Stack,
    string LogicalId,
    string Type,
    IReadOnlyList<string> Properties
)
{
    /// <summary>Lists such resources of stacks and their nested stacks, in the order of the templates.</summary>
    /// <exception cref="LadingException">The template of a nested stack cannot be read.</exception>
    public static IEnumerable<UnreadResource> Of(IEnumerable<SynthesizedStack> stacks) =>
        stacks.SelectMany(stack =>
            stack.Resources.SelectMany(resource =>
            {
                var type = JsonMembers.TryGet(resource.Value, out var named, "Type") ? named.ToString() : "";
                return
                    type == "AWS::CloudFormation::Stack"
                    && stack.FindNested(resource.Name, resource.Value) is { } nested
                    ? Of([nested])
                    : Find(stack, resource.Name, type, resource.Value);
            })
        );

    private static IEnumerable<UnreadResource> Find(
        SynthesizedStack stack,
        string logicalId,
        string type,
        System.Text.Json.JsonElement resource
    )
    {
        // SSM parameters run no image; they only store values.
        if (type is "" or "AWS::SSM::Parameter" || ImageProperty.Of(type).Any())
        {
            return [];
        }

        var isAwsType =
            type.StartsWith("AWS::", StringComparison.Ordinal) && type != "AWS::CloudFormation::CustomResource";
        var pattern = isAwsType ? Registries() : Images();
        List<string> properties =
        [
            .. JsonMembers.TryGet(resource, out var all, "Properties")
                ? JsonMembers
                    .MembersOf(all)
                    .Where(property => pattern.IsMatch($"\"{property.Name}\": {property.Value.GetRawText()}"))
                    .Select(property => property.Name)
                : [],
        ];
        return properties.Count > 0 ? [new UnreadResource(stack.Name, logicalId, type, properties)] : [];
    }

    // AWS's own types are in the table if the specification has an image property; others are recognized by their properties.
    [GeneratedRegex(
        @"\.dkr[.-]ecr|public\.ecr\.aws/|docker://|\\?""(?:Container|Ecr|Image)Uri\\?""\s*:",
        RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Registries();

    [GeneratedRegex(
        @"\.dkr[.-]ecr|public\.ecr\.aws/|docker://|\\?""[A-Za-z]*Image(?:Uri|Identifier)?\\?""\s*:|\\?""(?:image|container_?uri)\\?""\s*:",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex Images();
}
