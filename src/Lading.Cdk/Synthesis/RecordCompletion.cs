using Amazon.CDK;
using Amazon.JSII.Runtime.Deputy;
using Constructs;

namespace Lading.Cdk.Synthesis;

/// <summary>Completes a record when CDK visits it: by then the user's tree is complete.</summary>
/// <remarks>It is attached to that construct alone: otherwise jsii would pass every construct of the app through .NET.</remarks>
internal sealed class RecordCompletion : DeputyBase, IAspect
{
    /// <inheritdoc />
    public void Visit(IConstruct node)
    {
        if (node is DeploymentRecord record)
        {
            record.Complete();
        }
        else if (node is Amazon.CDK.AWS.ECS.ContainerDefinition)
        {
            DeploymentRecord.Of(Stack.Of(node)).Complete();
        }
    }
}
