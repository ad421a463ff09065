using Amazon.JSII.Runtime.Deputy;
using Constructs;

namespace Lading.Cdk.Synthesis;

/// <summary>
/// Looks at rendered containers when CDK validates, which is after every aspect: CDK keeps what a task definition first renders,
/// and what aspects added after that would be lost.
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
