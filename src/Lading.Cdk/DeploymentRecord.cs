using Amazon.CDK;
using Amazon.CDK.AWS.ECS;
using Constructs;
using Lading.Cdk.Synthesis;
using Lading.Records;
using CfnParameter = Amazon.CDK.AWS.SSM.CfnParameter;
using CfnParameterProps = Amazon.CDK.AWS.SSM.CfnParameterProps;

namespace Lading.Cdk;

/// <summary>
/// The SSM parameter <c>/lading/&lt;stack&gt;</c>: the Lading images that the stack and its nested stacks run (docs/records.md). It
/// depends on the stack's services, so that CloudFormation writes it once they are stable, and a failed update leaves no version.
/// </summary>
/// <remarks>
/// Each top-level stack that uses a <see cref="LadingImage"/> gets one automatically. Set context <c>lading:record</c> to <c>false</c>,
/// or call <see cref="Disable"/>, to switch it off.
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

    /// <summary>Creates no records in the stacks of a scope.</summary>
    /// <param name="scope">An app, a stage or a stack.</param>
    public static void Disable(IConstruct scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        AppImages.Of(scope.Node.Root).WithoutRecord.Add(scope.Node.Path);
    }

    /// <summary>The record of a stack's top-level stack.</summary>
    internal static DeploymentRecord Of(Stack stack)
    {
        while (stack.NestedStackParent is { } parent)
        {
            stack = parent;
        }

        return stack.Node.TryFindChild(Id) as DeploymentRecord ?? new DeploymentRecord(stack);
    }

    /// <summary>Records a use of an image.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="image">Its pin.</param>
    /// <param name="environment">The environment of the image; null if it is unknown.</param>
    /// <param name="use">The container; null for another use.</param>
    internal void Add(string name, PinnedImage image, string? environment, ContainerUse? use)
    {
        uses.Add(name, image, environment, use);
        if (completed is not null && use is not null)
        {
            // An aspect added it: a later visit of the tree completes the record.
            Aspects.Of(use.Container).Add(new RecordCompletion());
        }
    }

    /// <summary>Completes the record once the whole tree exists.</summary>
    internal void Complete()
    {
        var tree = StackTree.Of(stack);
        completed = tree;
        uses.ReadContainers(tree);
        functions.Report(tree, uses.Indexes);
        if (!IsEnabled())
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
                // Readers start with the first part, so it is written last.
                parameters[0].AddDependency(parameter);
            }

            parameters.Add(parameter);
        }

        Node.AddDependency([.. uses.FindDeployed(tree)]);
    }

    /// <summary>Completes the containers at the very end.</summary>
    internal void MakeConsistent() => uses.MakeConsistent(completed ?? StackTree.Of(stack), () => StackTree.Of(stack));

    private bool IsEnabled()
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
