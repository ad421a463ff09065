using System.Text.Json;
using Lading.Configuration;

namespace Lading.Checking.Templates;

/// <summary>A stack of a cloud assembly, or a stack nested in one, with its template.</summary>
internal sealed class SynthesizedStack : ITemplateSurroundings
{
    private readonly CloudAssembly assembly;
    private readonly SynthesizedStack? parent;
    private readonly JsonElement arguments;

    public SynthesizedStack(
        CloudAssembly assembly,
        string name,
        string? stackName,
        StackEnvironment place,
        TemplateFile file
    )
    {
        this.assembly = assembly;
        Name = name;
        StackName = stackName;
        Environment = place;
        File = file;
        Values = new TemplateValues(file.Root, this);
    }

    private SynthesizedStack(SynthesizedStack parent, string logicalId, JsonElement resource, TemplateFile file)
        : this(parent.assembly, $"{parent.Name}/{logicalId}", null, parent.Environment, file)
    {
        this.parent = parent;
        JsonMembers.TryGet(resource, out arguments, "Properties", "Parameters");
    }

    /// <summary>What people call it: as <c>cdk ls</c> does; a nested one after its parent and a slash.</summary>
    public string Name { get; }

    public string? StackName { get; }

    public StackEnvironment Environment { get; }

    /// <summary>What its top-level stack is called.</summary>
    public StackName FullName => parent?.FullName ?? new StackName(Name, StackName);

    /// <summary>Its folder of the assembly and its id there, which no other stack has.</summary>
    public (string Folder, string Artifact) Id { get; init; }

    /// <summary>The stacks that are deployed before it, by their <see cref="Id"/>; of other artifacts there is none.</summary>
    public IReadOnlyList<(string Folder, string Artifact)> DependsOn { get; init; } = [];

    public TemplateFile File { get; }

    public TemplateValues Values { get; }

    /// <summary>The resources by their logical ids.</summary>
    public IEnumerable<JsonProperty> Resources =>
        JsonMembers.TryGet(File.Root, out var resources, "Resources") ? JsonMembers.MembersOf(resources) : [];

    /// <summary>Whether the assembly builds and pushes the image that a reference within the stack's own ECR names.</summary>
    public bool IsAsset(string ownPath) => assembly.HasImageAsset(Environment, ownPath);

    /// <summary>Whether a reference names a tag that the templates of the assembly make their repository keep where it is.</summary>
    public bool KeepsTag(string reference) => assembly.KeepsTag(reference);

    /// <summary>The stack that a resource of this one nests; null if the assembly does not have its template, or has it nest itself.</summary>
    /// <exception cref="LadingException">The template cannot be read.</exception>
    public SynthesizedStack? FindNested(string logicalId, JsonElement resource) =>
        JsonMembers.TryGet(resource, out var path, "Metadata", "aws:asset:path")
        && path.ValueKind == JsonValueKind.String
        && TemplateFile.Find(Path.GetDirectoryName(File.Path)!, path.GetString()!) is { } file
        && !IsWithin(Path.GetFullPath(file.Path))
            ? new SynthesizedStack(this, logicalId, resource, file)
            : null;

    public Resolved? FindArgument(string parameter, Evaluation evaluation) =>
        parent is not null && JsonMembers.TryGet(arguments, out var argument, parameter)
            ? parent.Values.TextOf(argument, evaluation)
            : null;

    public Resolved? FindExport(string name, Evaluation evaluation) => assembly.FindExport(name, evaluation);

    public Resolved? FindNestedOutput(string logicalId, JsonElement resource, string output, Evaluation evaluation) =>
        FindNested(logicalId, resource) is { } nested
        && JsonMembers.TryGet(nested.File.Root, out var value, "Outputs", output, "Value")
            ? nested.Values.TextOf(value, evaluation)
            : null;

    /// <summary>Whether it is nested in a stack of this template, at any distance, or is one itself.</summary>
    private bool IsWithin(string template) =>
        string.Equals(Path.GetFullPath(File.Path), template, StringComparison.Ordinal)
        || parent?.IsWithin(template) == true;
}
