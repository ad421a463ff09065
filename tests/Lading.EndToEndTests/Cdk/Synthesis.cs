using System.Text.Json;

namespace Lading.EndToEndTests.Cdk;

/// <summary>The outcome of <c>cdk synth</c>.</summary>
/// <param name="ExitCode">1 if there are errors.</param>
/// <param name="Said">Its whole output.</param>
/// <param name="Assembly">The folder that it wrote.</param>
/// <param name="Template">The template of the stack; empty if there is none.</param>
public sealed record Synthesis(int ExitCode, string Said, string Assembly, string Template)
{
    /// <summary>
    /// What an app wrote that was started without the CDK command line, which would have printed the messages that are
    /// read from the assembly here.
    /// </summary>
    public static Synthesis In(string assembly) =>
        new(
            0,
            // Older libraries write messages to the manifest, newer ones to files beside it.
            string.Concat(
                Directory
                    .EnumerateFiles(assembly, "manifest.json")
                    .Concat(Directory.EnumerateFiles(assembly, "*.metadata.json"))
                    .Select(File.ReadAllText)
            ),
            assembly,
            File.ReadAllText(Path.Combine(assembly, "Storefront.template.json"))
        );

    /// <summary>The image of each container, by name, as JSON.</summary>
    public IReadOnlyDictionary<string, string> Images()
    {
        using var template = JsonDocument.Parse(Template);
        return template
            .RootElement.GetProperty("Resources")
            .EnumerateObject()
            .Where(each => each.Value.GetProperty("Type").GetString() == "AWS::ECS::TaskDefinition")
            .SelectMany(each =>
                each.Value.GetProperty("Properties").GetProperty("ContainerDefinitions").EnumerateArray()
            )
            .ToDictionary(
                container => container.GetProperty("Name").GetString()!,
                container => container.GetProperty("Image").GetRawText()
            );
    }

    /// <summary>What Lading renders, as JSON by logical id: task definitions, policies and records.</summary>
    public IReadOnlyDictionary<string, string> Fragments() =>
        Resources(Template, "AWS::ECS::TaskDefinition", "AWS::IAM::Policy", "AWS::SSM::Parameter");

    /// <summary>The repositories of the stack that creates them.</summary>
    public IReadOnlyDictionary<string, string> Repositories() =>
        Resources(File.ReadAllText(Path.Combine(Assembly, "Repositories.template.json")), "AWS::ECR::Repository");

    private static Dictionary<string, string> Resources(string json, params string[] types)
    {
        using var template = JsonDocument.Parse(json);
        return template
            .RootElement.GetProperty("Resources")
            .EnumerateObject()
            .Where(each => types.Contains(each.Value.GetProperty("Type").GetString()))
            .ToDictionary(each => each.Name, each => WithoutMetadata(each.Value), StringComparer.Ordinal);
    }

    /// <summary>The whole resource as CDK wrote it, without its metadata.</summary>
    private static string WithoutMetadata(JsonElement resource) =>
        string.Join(
            '\n',
            resource
                .EnumerateObject()
                .Where(member => member.Name != "Metadata")
                .Select(member => $"{member.Name}: {member.Value.GetRawText()}")
        );
}
