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
        StackEnvironment environment,
        TemplateFile file
    )
    {
        this.assembly = assembly;
        Name = name;
        StackName = stackName;
        Environment = environment;
        File = file;
        Values = new TemplateValues(file.Root, this);
    }

    private SynthesizedStack(SynthesizedStack parent, string logicalId, JsonElement resource, TemplateFile file)
        : this(parent.assembly, $"{parent.Name}/{logicalId}", null, parent.Environment, file)
    {
        this.parent = parent;
        JsonMembers.TryGet(resource, out arguments, "Properties", "Parameters");
    }

    /// <summary>
    /// The name to show: as in <c>cdk ls</c>; for a nested stack, its parent's name, a slash and its logical id.
    /// </summary>
    public string Name { get; }

    public string? StackName { get; }

    public StackEnvironment Environment { get; }

    /// <summary>The name of its top-level stack.</summary>
    public StackName FullName => parent?.FullName ?? new StackName(Name, StackName);

    /// <summary>Its folder in the assembly and its id there; unique together.</summary>
    public (string Folder, string Artifact) Id { get; init; }

    /// <summary>The stacks that are deployed before it, by <see cref="Id"/>, without other artifacts.</summary>
    public IReadOnlyList<(string Folder, string Artifact)> DependsOn { get; init; } = [];

    public TemplateFile File { get; }

    public TemplateValues Values { get; }

    /// <summary>The resources by their logical ids.</summary>
    public IEnumerable<JsonProperty> Resources =>
        JsonMembers.TryGet(File.Root, out var resources, "Resources") ? JsonMembers.MembersOf(resources) : [];

    /// <summary>Whether the assembly builds and pushes an image of the stack's own ECR.</summary>
    public bool IsAsset(string ownPath) => assembly.HasImageAsset(Environment, ownPath);

    /// <summary>Whether a reference has a tag that the assembly's templates make immutable in its repository.</summary>
    public bool KeepsTag(string reference) => assembly.KeepsTag(reference);

    /// <summary>The nested stack of a resource; null if it is none, if the assembly does not have its template, or if it nests itself.</summary>
    /// <remarks>Other resources have assets too: the code of a function is a folder.</remarks>
    /// <exception cref="LadingException">The template cannot be read.</exception>
    public SynthesizedStack? FindNested(string logicalId, JsonElement resource) =>
        resource.FindText("Type") == "AWS::CloudFormation::Stack"
        && JsonMembers.TryGet(resource, out var path, "Metadata", "aws:asset:path")
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

    /// <summary>Whether it is a stack with this template, or is nested in one, at any depth.</summary>
    private bool IsWithin(string template) =>
        string.Equals(Path.GetFullPath(File.Path), template, StringComparison.Ordinal)
        || parent?.IsWithin(template) == true;
}
