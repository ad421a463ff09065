using Lading.Server.Ecr;
using Lading.Server.Sts;
using Microsoft.AspNetCore.Http;

namespace Lading.Server;

/// <summary>Distinguishes AWS operations, which are all <c>POST /</c>, from requests of the distribution protocol.</summary>
internal static class AwsRoutes
{
    /// <returns>Null if it is not an AWS operation.</returns>
    public static IEndpoint? Find(HttpRequest request)
    {
        if (request.Path != "/" || !HttpMethods.IsPost(request.Method))
        {
            return null;
        }

        return request.Headers[EcrEndpoint.TargetHeader] is [{ } target, ..]
            ? new EcrEndpoint(target)
            : new StsEndpoint();
    }
}
