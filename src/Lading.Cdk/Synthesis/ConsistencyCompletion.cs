using Amazon.JSII.Runtime.Deputy;
using Constructs;

namespace Lading.Cdk.Synthesis;

/// <summary>
/// Completes rendered containers when CDK validates, after every aspect: CDK keeps the first rendering of a task definition, and
/// would lose what aspects add later.
/// </summary>
internal sealed class ConsistencyCompletion(DeploymentRecord record) : DeputyBase, IValidation
{
    /// <inheritdoc />
    public string[] Validate()
    {
        record.MakeConsistent();
        return [];
    }
}
