// Kernels on bfloat16 tensors, compiled at run time by NVRTC: no header is included. They compute in float32 and round once, when they
// store. Whole groups of eight elements (16 bytes) move at once; `groups` is 0 where a pointer or a row is not aligned to that, and then
// everything is left to the loops over single elements. Integers are long long throughout, so that arguments are packed alike.

typedef unsigned short bf16;

#define FOR_EACH(i, from, to) \
    for (long long i = (from) + (long long)blockIdx.x * blockDim.x + threadIdx.x; i < (to); i += (long long)gridDim.x * blockDim.x)

#define FOR_ROWS(row, rows) for (long long row = blockIdx.y; row < (rows); row += gridDim.y)

static __device__ __forceinline__ float widen(bf16 bits) { return __uint_as_float((unsigned int)bits << 16); }

// To the nearest, ties to even.
static __device__ __forceinline__ bf16 nearest(float value)
{
    unsigned int bits = __float_as_uint(value);
    return (bits & 0x7fffffffu) > 0x7f800000u ? (bf16)0x7fff : (bf16)((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

struct Eight
{
    float x[8];
};

static __device__ __forceinline__ Eight load(const bf16 *from)
{
    uint4 raw = *reinterpret_cast<const uint4 *>(from);
    unsigned int words[4] = {raw.x, raw.y, raw.z, raw.w};
    Eight y;
#pragma unroll
    for (int i = 0; i < 4; i++)
    {
        y.x[2 * i] = __uint_as_float(words[i] << 16);
        y.x[2 * i + 1] = __uint_as_float(words[i] & 0xffff0000u);
    }

    return y;
}

static __device__ __forceinline__ Eight load(const float *from)
{
    float4 low = *reinterpret_cast<const float4 *>(from);
    float4 high = *reinterpret_cast<const float4 *>(from + 4);
    return Eight{{low.x, low.y, low.z, low.w, high.x, high.y, high.z, high.w}};
}

static __device__ __forceinline__ void store(bf16 *to, const bf16 (&y)[8])
{
    unsigned int words[4];
#pragma unroll
    for (int i = 0; i < 4; i++)
    {
        words[i] = (unsigned int)y[2 * i] | ((unsigned int)y[2 * i + 1] << 16);
    }

    *reinterpret_cast<uint4 *>(to) = make_uint4(words[0], words[1], words[2], words[3]);
}

static __device__ __forceinline__ void store(bf16 *to, const Eight &y)
{
    bf16 rounded[8];
#pragma unroll
    for (int i = 0; i < 8; i++)
    {
        rounded[i] = nearest(y.x[i]);
    }

    store(to, rounded);
}

static __device__ __forceinline__ void store(float *to, const Eight &y)
{
    *reinterpret_cast<float4 *>(to) = make_float4(y.x[0], y.x[1], y.x[2], y.x[3]);
    *reinterpret_cast<float4 *>(to + 4) = make_float4(y.x[4], y.x[5], y.x[6], y.x[7]);
}

// RMSNorm.

#define NORM_THREADS 256

// A block for each row of x and y [rows, width]; weight [width].
extern "C" __global__ void __launch_bounds__(NORM_THREADS) rms_norm(
    const bf16 *x, const bf16 *weight, bf16 *y, long long width, long long groups, float epsilon)
{
    __shared__ float sums[NORM_THREADS];
    x += (long long)blockIdx.x * width;
    y += (long long)blockIdx.x * width;
    float sum = 0.0f;
    for (long long g = threadIdx.x; g < groups; g += blockDim.x)
    {
        Eight eight = load(x + 8 * g);
#pragma unroll
        for (int i = 0; i < 8; i++)
        {
            sum += eight.x[i] * eight.x[i];
        }
    }

    for (long long i = 8 * groups + threadIdx.x; i < width; i += blockDim.x)
    {
        sum += widen(x[i]) * widen(x[i]);
    }

    sums[threadIdx.x] = sum;
    __syncthreads();
    for (unsigned int half = NORM_THREADS / 2; half > 0; half /= 2)
    {
        if (threadIdx.x < half)
        {
            sums[threadIdx.x] += sums[threadIdx.x + half];
        }

        __syncthreads();
    }

    float scale = 1.0f / sqrtf(sums[0] / (float)width + epsilon);
    for (long long g = threadIdx.x; g < groups; g += blockDim.x)
    {
        Eight eight = load(x + 8 * g);
        Eight weights = load(weight + 8 * g);
#pragma unroll
        for (int i = 0; i < 8; i++)
        {
            eight.x[i] = eight.x[i] * scale * weights.x[i];
        }

        store(y + 8 * g, eight);
    }

    for (long long i = 8 * groups + threadIdx.x; i < width; i += blockDim.x)
    {
        y[i] = nearest(widen(x[i]) * scale * widen(weight[i]));
    }
}

// silu(gate) * up.

static __device__ __forceinline__ float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

static __device__ __forceinline__ float swiglu(float gate, float up) { return gate * sigmoid(gate) * up; }

static __device__ __forceinline__ void swiglu_gradient(float gate, float up, float dy, float &y, float &dgate, float &dup)
{
    float s = sigmoid(gate);
    float scaled = dy * s;
    y = gate * s * up;
    dgate = scaled * up * (1.0f + gate * (1.0f - s));
    dup = scaled * gate;
}

// both [rows, 2 inner]: gate, then up; gated [rows, inner].
extern "C" __global__ void swiglu_forward(const bf16 *both, bf16 *gated, long long rows, long long inner, long long groups)
{
    FOR_ROWS(row, rows)
    {
        const bf16 *x = both + row * 2 * inner;
        bf16 *y = gated + row * inner;
        FOR_EACH(g, 0, groups)
        {
            Eight gate = load(x + 8 * g);
            Eight up = load(x + inner + 8 * g);
#pragma unroll
            for (int i = 0; i < 8; i++)
            {
                gate.x[i] = swiglu(gate.x[i], up.x[i]);
            }

            store(y + 8 * g, gate);
        }

        FOR_EACH(i, 8 * groups, inner)
        {
            y[i] = nearest(swiglu(widen(x[i]), widen(x[inner + i])));
        }
    }
}

// dgated and gated [rows, inner]; both and dboth [rows, 2 inner].
extern "C" __global__ void swiglu_backward(
    const bf16 *both, const bf16 *dgated, bf16 *gated, bf16 *dboth, long long rows, long long inner, long long groups)
{
    FOR_ROWS(row, rows)
    {
        const bf16 *x = both + row * 2 * inner;
        const bf16 *dy = dgated + row * inner;
        bf16 *y = gated + row * inner;
        bf16 *dx = dboth + row * 2 * inner;
        FOR_EACH(g, 0, groups)
        {
            Eight gate = load(x + 8 * g);
            Eight up = load(x + inner + 8 * g);
            Eight change = load(dy + 8 * g);
            Eight value, dgate, dup;
#pragma unroll
            for (int i = 0; i < 8; i++)
            {
                swiglu_gradient(gate.x[i], up.x[i], change.x[i], value.x[i], dgate.x[i], dup.x[i]);
            }

            store(y + 8 * g, value);
            store(dx + 8 * g, dgate);
            store(dx + inner + 8 * g, dup);
        }

        FOR_EACH(i, 8 * groups, inner)
        {
            float value, dgate, dup;
            swiglu_gradient(widen(x[i]), widen(x[inner + i]), widen(dy[i]), value, dgate, dup);
            y[i] = nearest(value);
            dx[i] = nearest(dgate);
            dx[inner + i] = nearest(dup);
        }
    }
}

// Rotary positions in rotate-half layout. The halves of a head are multiples of eight elements, and every address is aligned.

// In place on the first `rotated` heads of qkv [rows, stride]; the position of a row is its number modulo length. cos and sin
// [positions, width], the first half of sin negated: y = x cos + roll(x, width / 2) sin.
extern "C" __global__ void rotate_forward(
    bf16 *qkv, const bf16 *cos, const bf16 *sin, long long rows, long long length, long long stride, long long rotated, long long width)
{
    long long half = width / 2;
    int groups = (int)(half / 8);
    FOR_ROWS(row, rows)
    {
        long long position = row % length * width;
        FOR_EACH(g, 0, rotated * groups)
        {
            int head = (int)g / groups;
            long long i = 8 * ((int)g - head * groups);
            bf16 *x = qkv + row * stride + head * width + i;
            Eight low = load(x), high = load(x + half);
            Eight cos_low = load(cos + position + i), cos_high = load(cos + position + half + i);
            Eight sin_low = load(sin + position + i), sin_high = load(sin + position + half + i);
            Eight to_low, to_high;
#pragma unroll
            for (int k = 0; k < 8; k++)
            {
                to_low.x[k] = low.x[k] * cos_low.x[k] + high.x[k] * sin_low.x[k];
                to_high.x[k] = high.x[k] * cos_high.x[k] + low.x[k] * sin_high.x[k];
            }

            store(x, to_low);
            store(x + half, to_high);
        }
    }
}

// The transpose of the above: dx = dy cos + roll(dy sin, -width / 2), gathered from dq [B, heads, T, width], dk and dv [B, keys, T, width]
// with the element strides of batch, head and position, into dqkv [B T, (heads + 2 keys) width].
extern "C" __global__ void rotate_backward(
    const bf16 *dq, const bf16 *dk, const bf16 *dv, const bf16 *cos, const bf16 *sin, bf16 *dqkv,
    long long rows, long long length, long long heads, long long keys, long long width,
    long long q_batch, long long q_head, long long q_position,
    long long k_batch, long long k_head, long long k_position,
    long long v_batch, long long v_head, long long v_position)
{
    long long half = width / 2;
    long long all = heads + 2 * keys;
    int groups = (int)(half / 8);
    FOR_ROWS(row, rows)
    {
        long long batch = row / length;
        long long t = row - batch * length;
        FOR_EACH(g, 0, all * groups)
        {
            int head = (int)g / groups;
            long long i = 8 * ((int)g - head * groups);
            const bf16 *y = head < heads ? dq + batch * q_batch + head * q_head + t * q_position
                : head < heads + keys ? dk + batch * k_batch + (head - heads) * k_head + t * k_position
                : dv + batch * v_batch + (head - heads - keys) * v_head + t * v_position;
            Eight low = load(y + i), high = load(y + half + i);
            if (head < heads + keys)
            {
                long long at = t * width + i;
                Eight cos_low = load(cos + at), cos_high = load(cos + at + half);
                Eight sin_low = load(sin + at), sin_high = load(sin + at + half);
#pragma unroll
                for (int k = 0; k < 8; k++)
                {
                    float y_low = low.x[k], y_high = high.x[k];
                    low.x[k] = y_low * cos_low.x[k] + y_high * sin_high.x[k];
                    high.x[k] = y_high * cos_high.x[k] + y_low * sin_low.x[k];
                }
            }

            bf16 *x = dqkv + (row * all + head) * width + i;
            store(x, low);
            store(x + half, high);
        }
    }
}

// Cross entropy.

#define LOSS_THREADS 512
#define LEAST -3.402823466e+38f

// Takes `x` into a maximum and a sum of exponentials relative to it (arXiv 1805.02867, algorithm 3). The maximum starts finite, so that
// no difference of infinities arises from elements of -infinity or from threads without elements.
static __device__ __forceinline__ void accumulate(float x, float &most, float &sum)
{
    float top = fmaxf(most, x);
    sum = sum * expf(most - top) + expf(x - top);
    most = top;
}

// A block for each row of logits [rows, width], which become softmax(logits) - onehot(target); loss[row] = log sum exp - logit of the
// target. A target outside of [0, width) has the loss NaN.
extern "C" __global__ void __launch_bounds__(LOSS_THREADS) cross_entropy(
    bf16 *logits, const long long *targets, float *loss, long long width, long long groups)
{
    __shared__ float maxima[LOSS_THREADS];
    __shared__ float sums[LOSS_THREADS];
    bf16 *x = logits + (long long)blockIdx.x * width;
    long long target = targets[blockIdx.x];
    float most = LEAST, sum = 0.0f;
    for (long long g = threadIdx.x; g < groups; g += blockDim.x)
    {
        Eight eight = load(x + 8 * g);
        float top = most;
#pragma unroll
        for (int i = 0; i < 8; i++)
        {
            top = fmaxf(top, eight.x[i]);
        }

        sum *= expf(most - top);
        most = top;
#pragma unroll
        for (int i = 0; i < 8; i++)
        {
            sum += expf(eight.x[i] - top);
        }
    }

    for (long long i = 8 * groups + threadIdx.x; i < width; i += blockDim.x)
    {
        accumulate(widen(x[i]), most, sum);
    }

    // Read before any thread passes the barriers below and writes.
    float of_target = target >= 0 && target < width ? widen(x[target]) : __uint_as_float(0x7fffffffu);
    maxima[threadIdx.x] = most;
    sums[threadIdx.x] = sum;
    __syncthreads();
    for (unsigned int half = LOSS_THREADS / 2; half > 0; half /= 2)
    {
        if (threadIdx.x < half)
        {
            float other = maxima[threadIdx.x + half];
            float mine = maxima[threadIdx.x];
            float top = fmaxf(mine, other);
            sums[threadIdx.x] = sums[threadIdx.x] * expf(mine - top) + sums[threadIdx.x + half] * expf(other - top);
            maxima[threadIdx.x] = top;
        }

        __syncthreads();
    }

    most = maxima[0];
    sum = sums[0];
    if (threadIdx.x == 0)
    {
        loss[blockIdx.x] = (most - of_target) + logf(sum);
    }

    float scale = 1.0f / sum;
    for (long long g = threadIdx.x; g < groups; g += blockDim.x)
    {
        Eight eight = load(x + 8 * g);
#pragma unroll
        for (int i = 0; i < 8; i++)
        {
            eight.x[i] = expf(eight.x[i] - most) * scale - (8 * g + i == target ? 1.0f : 0.0f);
        }

        store(x + 8 * g, eight);
    }

    for (long long i = 8 * groups + threadIdx.x; i < width; i += blockDim.x)
    {
        x[i] = nearest(expf(widen(x[i]) - most) * scale - (i == target ? 1.0f : 0.0f));
    }
}

// AdamW.

// In [0, 1), of 24 bits: integer mixer "lowbias32" by Chris Wellons (hash-prospector, public domain), over the position XOR a key.
static __device__ __forceinline__ float uniform(unsigned int position, unsigned int key)
{
    unsigned int x = position ^ key;
    x = (x ^ (x >> 16)) * 0x7feb352du;
    x = (x ^ (x >> 15)) * 0x846ca68bu;
    x ^= x >> 16;
    return (float)(x & 0xffffffu) * (1.0f / 16777216.0f);
}

// To one of the two neighbours, the nearer one with the higher probability.
static __device__ __forceinline__ bf16 at_random(float value, unsigned int position, unsigned int key)
{
    bf16 near = nearest(value);
    float error = value - widen(near); // exact
    bool up = error > 0.0f;
    bool negative = (near >> 15) != 0;
    bf16 other = (near & 0x7fff) == 0 ? (up ? (bf16)0x0001 : (bf16)0x8001) : (bf16)(up != negative ? near + 1 : near - 1);
    float gap = fabsf(widen(other) - widen(near));
    return uniform(position, key) * gap < fabsf(error) ? other : near;
}

static __device__ __forceinline__ void store_at_random(bf16 *to, const Eight &y, unsigned int position, unsigned int key)
{
    bf16 rounded[8];
#pragma unroll
    for (int i = 0; i < 8; i++)
    {
        rounded[i] = at_random(y.x[i], position + i, key);
    }

    store(to, rounded);
}

struct Rates
{
    float keep, keep1, add1, keep2, add2, root, epsilon, change;
};

// Each product and sum rounds as torch's operations do: mul_, add_, addcmul_, sqrt, mul_, add_, addcdiv_.
static __device__ __forceinline__ void adamw_step(float &weight, float gradient, float &first, float &second, const Rates &rates)
{
    first = fmaf(rates.add1, gradient, __fmul_rn(first, rates.keep1));
    second = fmaf(rates.add2, __fmul_rn(gradient, gradient), __fmul_rn(second, rates.keep2));
    float below = __fadd_rn(__fmul_rn(sqrtf(second), rates.root), rates.epsilon);
    weight = fmaf(rates.change, first / below, __fmul_rn(weight, rates.keep));
}

// All [count]. The weights have a float32 master, or master is null; the moments are float32 or bfloat16 each. What is kept in bfloat16
// alone is rounded at random, with a key for each buffer; weights that have a master are rounded to the nearest.
extern "C" __global__ void adamw(
    bf16 *weights, float *master, const bf16 *gradient, void *first, void *second,
    long long first_is_wide, long long second_is_wide, long long count, long long groups,
    float keep, float keep1, float add1, float keep2, float add2, float root, float epsilon, float change,
    unsigned int weights_key, unsigned int first_key, unsigned int second_key)
{
    Rates rates = {keep, keep1, add1, keep2, add2, root, epsilon, change};
    float *wide1 = first_is_wide ? (float *)first : nullptr;
    float *wide2 = second_is_wide ? (float *)second : nullptr;
    bf16 *narrow1 = (bf16 *)first;
    bf16 *narrow2 = (bf16 *)second;
    FOR_EACH(g, 0, groups)
    {
        long long i = 8 * g;
        Eight w = master ? load(master + i) : load(weights + i);
        Eight m = wide1 ? load(wide1 + i) : load(narrow1 + i);
        Eight v = wide2 ? load(wide2 + i) : load(narrow2 + i);
        Eight dw = load(gradient + i);
#pragma unroll
        for (int k = 0; k < 8; k++)
        {
            adamw_step(w.x[k], dw.x[k], m.x[k], v.x[k], rates);
        }

        if (master)
        {
            store(master + i, w);
            store(weights + i, w);
        }
        else
        {
            store_at_random(weights + i, w, (unsigned int)i, weights_key);
        }

        if (wide1)
        {
            store(wide1 + i, m);
        }
        else
        {
            store_at_random(narrow1 + i, m, (unsigned int)i, first_key);
        }

        if (wide2)
        {
            store(wide2 + i, v);
        }
        else
        {
            store_at_random(narrow2 + i, v, (unsigned int)i, second_key);
        }
    }

    FOR_EACH(i, 8 * groups, count)
    {
        float w = master ? master[i] : widen(weights[i]);
        float m = wide1 ? wide1[i] : widen(narrow1[i]);
        float v = wide2 ? wide2[i] : widen(narrow2[i]);
        adamw_step(w, widen(gradient[i]), m, v, rates);
        if (master)
        {
            master[i] = w;
            weights[i] = nearest(w);
        }
        else
        {
            weights[i] = at_random(w, (unsigned int)i, weights_key);
        }

        if (wide1)
        {
            wide1[i] = m;
        }
        else
        {
            narrow1[i] = at_random(m, (unsigned int)i, first_key);
        }

        if (wide2)
        {
            wide2[i] = v;
        }
        else
        {
            narrow2[i] = at_random(v, (unsigned int)i, second_key);
        }
    }
}

// Sum of squares.

#define SUM_THREADS 256

// x [count]; partial [blocks]: the sum of each block's share.
extern "C" __global__ void __launch_bounds__(SUM_THREADS) sum_of_squares(const bf16 *x, double *partial, long long count, long long groups)
{
    __shared__ double sums[SUM_THREADS];
    double sum = 0;
    FOR_EACH(g, 0, groups)
    {
        Eight eight = load(x + 8 * g);
        float squares = 0.0f;
#pragma unroll
        for (int i = 0; i < 8; i++)
        {
            squares += eight.x[i] * eight.x[i];
        }

        sum += squares;
    }

    FOR_EACH(i, 8 * groups, count)
    {
        float value = widen(x[i]);
        sum += value * value;
    }

    sums[threadIdx.x] = sum;
    __syncthreads();
    for (unsigned int half = SUM_THREADS / 2; half > 0; half /= 2)
    {
        if (threadIdx.x < half)
        {
            sums[threadIdx.x] += sums[threadIdx.x + half];
        }

        __syncthreads();
    }

    if (threadIdx.x == 0)
    {
        partial[blockIdx.x] = sums[0];
    }
}
