using Lading.Running.Verifying;

namespace Lading.Deploying;

/// <summary>cdk failed since CloudFormation took back, or left unfinished, what it had begun.</summary>
/// <param name="failure">That of cdk.</param>
/// <param name="report">What became of the services.</param>
internal sealed class StackUndoneException(LadingException failure, VerificationReport report)
    : Exception(failure.Message, failure)
{
    public VerificationReport Report { get; } = report;
}
