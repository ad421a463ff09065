using System.Text.Json;

namespace Lading.Server.Ecr;

/// <summary>One operation of the ECR API.</summary>
internal interface IEcrOperation
{
    /// <summary>Carries out a call.</summary>
    /// <returns>Writes the members of the response.</returns>
    /// <exception cref="EcrException">It is refused.</exception>
    Task<Action<Utf8JsonWriter>> AnswerAsync(EcrCall call, CancellationToken cancellationToken);
}
