using Lading.Running.Verifying;

namespace Lading.Deploying;

/// <summary>cdk failed because CloudFormation rolled back its operation, or left it incomplete.</summary>
/// <param name="failure">The failure of cdk.</param>
/// <param name="report">The state of the services.</param>
internal sealed class StackUndoneException(LadingException failure, VerificationReport report)
    : Exception(failure.Message, failure)
{
    public VerificationReport Report { get; } = report;
}
