namespace Lading.Server.Ecr;

/// <summary>x</summary>
internal sealed class EcrEndpoint : IEndpoint
{
    public Task AnswerAsync(Exchange exchange, CancellationToken cancellationToken) => Task.CompletedTask;
}
