using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Lading.Cdk.Synthesis;
using Lading.Records;
using CfnParameter = Amazon.CDK.AWS.SSM.CfnParameter;
using CfnParameterProps = Amazon.CDK.AWS.SSM.CfnParameterProps;

namespace Lading.Cdk;

/// <summary>
/// The SSM parameter <c>/lading/&lt;stack&gt;</c>: which Lading images the stack runs, its nested stacks included (docs/records.md).
/// It depends on the stack's services, so that CloudFormation writes it once they are stable, and a failed update leaves no version.
/// </summary>
/// <remarks>
/// Each top-level stack that uses a <see cref="LadingImage"/> gets one by itself, with its first image. The context
/// <c>lading:record</c> set to <c>false</c> switches it off, as <see cref="Disable"/> does.
/// </remarks>
public sealed class DeploymentRecord : Construct
{
    private const string Id = "LadingRecord";

    private readonly Stack stack;
    private readonly RecordedUses uses = new();
    private readonly FunctionImages functions = new();
    private readonly List<CfnParameter> parameters = [];
    private StackTree? completed;

    private DeploymentRecord(Stack stack)
        : base(stack, Id)
    {
        this.stack = stack;
        Aspects.Of(this).Add(new RecordCompletion());
        Node.AddValidation(new ConsistencyCompletion(this));
    }

    /// <summary>Leaves the records out of all stacks in a scope.</summary>
    /// <param name="scope">An app, a stage or a stack.</param>
    public static void Disable(IConstruct scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        AppImages.Of(scope.Node.Root).WithoutRecord.Add(scope.Node.Path);
    }

    /// <summary>The record of the top-level stack that a stack belongs to.</summary>
    internal static DeploymentRecord Of(Stack stack)
    {
        while (stack.NestedStackParent is { } parent)
        {
            stack = parent;
        }

        return stack.Node.TryFindChild(Id) as DeploymentRecord ?? new DeploymentRecord(stack);
    }

    /// <summary>Notes that an image is used.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">Its pin.</param>
    /// <param name="environment">The environment whose image it is; null if none is known.</param>
    /// <param name="use">The container; null if something else uses it.</param>
    internal void Add(string name, PinnedImage image, string? environment, ContainerUse? use)
    {
        uses.Add(name, image, environment, use);
        if (completed is not null && use is not null)
        {
            // Added by an aspect: what the tree walk still comes to brings the record up to date.
            Aspects.Of(use.Container).Add(new RecordCompletion());
        }
    }

    /// <summary>Writes what is known once the whole tree is there.</summary>
    internal void Complete()
    {
        var tree = StackTree.Of(stack);
        completed = tree;
        uses.ReadContainers(tree);
        functions.Report(tree, uses.Indexes);
        if (!IsWanted())
        {
            return;
        }

        var texts = RecordWriter.Write(uses.ToRecord());
        for (var i = 0; i < texts.Count; i++)
        {
            if (i < parameters.Count)
            {
                parameters[i].Value = texts[i];
                continue;
            }

            var parameter = new CfnParameter(
                this,
                i == 0 ? "Parameter" : $"Part{i + 1}",
                new CfnParameterProps
                {
                    Name = StackRecord.ParameterOf(stack.StackName, i + 1),
                    Type = "String",
                    Tier = "Standard",
                    Description = "The container images that this stack runs, written by Lading.",
                    Value = texts[i],
                }
            );
            if (i > 0)
            {
                // The first part is the one that readers ask for: it comes last.
                parameters[0].AddDependency(parameter);
            }

            parameters.Add(parameter);
        }

        Node.AddDependency([.. uses.FindDeployed(tree)]);
    }

    /// <summary>Writes into the containers what is written there at the very end.</summary>
    internal void MakeConsistent() => uses.MakeConsistent(completed ?? StackTree.Of(stack), () => StackTree.Of(stack));

    private bool IsWanted()
    {
        var app = AppImages.Of(stack.Node.Root);
        var path = stack.Node.Path;
        return !uses.IsEmpty
            && app.SettingsOf(stack).Record
            && !app.WithoutRecord.Any(scope =>
                scope.Length == 0 || path == scope || path.StartsWith(scope + "/", StringComparison.Ordinal)
            );
    }
}
