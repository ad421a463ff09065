namespace Lading.Testing;

/// <summary>A cloud assembly, as <c>cdk synth</c> writes one, from templates in the test.</summary>
internal sealed class TestAssembly : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<string> artifacts = [];

    public string Folder => folder.Path;

    /// <summary>Adds a file, such as the template of a nested stack.</summary>
    public TestAssembly File(string name, string content)
    {
        var path = folder.Combine(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, content);
        return this;
    }

    /// <summary>Adds a stack.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="template">JSON.</param>
    /// <param name="environment">As in <c>manifest.json</c>.</param>
    public TestAssembly Stack(
        string name,
        string template,
        string environment = "aws://unknown-account/unknown-region"
    ) =>
        File($"{name}.template.json", template)
            .Artifact(
                name,
                $$"""{ "type": "aws:cloudformation:stack", "environment": "{{environment}}", "properties": { "templateFile": "{{name}}.template.json" }, "displayName": "{{name}}" }"""
            );

    /// <summary>Adds an artifact, and writes the manifest.</summary>
    public TestAssembly Artifact(string id, string json)
    {
        artifacts.Add($"\"{id}\": {json}");
        return File(
            "manifest.json",
            $$"""{ "version": "38.0.0", "artifacts": { {{string.Join(", ", artifacts)}} } }"""
        );
    }

    /// <summary>A Fargate task definition with containers, each with a name and its image as JSON.</summary>
    public static string Fargate(params IReadOnlyList<(string Name, string Image)> containers) =>
        $$"""
            { "Resources": { "Task": { "Type": "AWS::ECS::TaskDefinition", "Properties": {
              "RequiresCompatibilities": ["FARGATE"],
              "ContainerDefinitions": [{{string.Join(
                ", ",
                containers.Select(container =>
                    $$"""{ "Name": "{{container.Name}}", "Image": {{container.Image}} }"""
                )
            )}}] } } } }
            """;

    public void Dispose() => folder.Dispose();
}
