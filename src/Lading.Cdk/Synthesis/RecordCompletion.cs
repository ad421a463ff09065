using Amazon.CDK;
using Amazon.JSII.Runtime.Deputy;
using Constructs;

namespace Lading.Cdk.Synthesis;

/// <summary>Completes a record when CDK visits it: by then the tree has all that the user put there.</summary>
/// <remarks>It is attached to that one construct: jsii would carry each construct of a whole app over here, and back.</remarks>
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
