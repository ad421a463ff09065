using System.Text.Json;

namespace Lading.EndToEndTests.Cdk;

/// <summary>What <c>cdk synth</c> came to.</summary>
/// <param name="ExitCode">1 where there are errors.</param>
/// <param name="Said">All it said.</param>
/// <param name="Assembly">The folder that it wrote.</param>
/// <param name="Template">The template of the stack; empty where there is none.</param>
public sealed record Synthesis(int ExitCode, string Said, string Assembly, string Template)
{
    /// <summary>The image of each container by its name, as JSON.</summary>
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
}
